package dev.kfmr.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Addresses of servers, whole: of {@code localhost:5000} Java makes a scheme called localhost. */
final class Addresses implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        try {
            URI address = new URI(text);
            if (address.getScheme() != null && address.getRawAuthority() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new TypeConversionException("'" + text + "' is no whole address: write http://mirror.example:5000");
    }
}
