package dev.kfmr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which kfmr this is. */
public final class Version {
    private Version() {}

    /** {@code kfmr 0.1.0}. */
    public static String line() {
        return "kfmr " + number();
    }

    static String number() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("/kfmr.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
