package dev.kfmr.cli;

import java.util.Locale;

/** Bytes as people read them. */
final class Amounts {
    private static final double MEGA = 1_000_000.0;

    private Amounts() {}

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
    }
}
