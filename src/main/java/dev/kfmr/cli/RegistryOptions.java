package dev.kfmr.cli;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where images come from. */
final class RegistryOptions {
    @Option(
            names = "--registry-mirror",
            paramLabel = "URL",
            converter = Addresses.class,
            description = "Every image comes from this mirror instead of its own registry.")
    private @Nullable URI registryMirror;

    Optional<URI> mirror() {
        return Optional.ofNullable(registryMirror);
    }
}
