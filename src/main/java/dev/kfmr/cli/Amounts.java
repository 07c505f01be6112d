package dev.kfmr.cli;

import java.util.Locale;
import java.util.OptionalLong;

/** Bytes as people read them. */
final class Amounts {
    private static final double MEGA = 1_000_000.0;

    private Amounts() {}

    /** {@code downloading kind: 3.1 MB of 9.8 MB}. */
    static String download(String what, long doneBytes, OptionalLong totalBytes) {
        return "downloading " + what + ": " + megabytes(doneBytes)
                + (totalBytes.isPresent() ? " of " + megabytes(totalBytes.getAsLong()) : "");
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
    }
}
