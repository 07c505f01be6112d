package dev.kfmr.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads data that travels in the jar. */
public final class Resource {
    private Resource() {}

    /** The text of a file that lies in the package of {@code beside}; without it the build is broken. */
    public static String text(Class<?> beside, String name) {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The jar lacks " + name + " beside " + beside.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " from the jar", e);
        }
    }
}
