package dev.kfmr.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to type. */
public final class NearestName {
    private NearestName() {}

    /** The known name with the smallest edit distance, when it is near enough to be a slip. */
    public static Optional<String> of(String typed, Collection<String> known) {
        int limit = Math.max(2, typed.length() / 3);
        return known.stream()
                .filter(name -> distance(typed, name) <= limit || isPart(typed, name))
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code " Did you mean standalone?"}, or nothing. */
    public static String hint(String typed, Collection<String> known) {
        return of(typed, known).map(NearestName::proposal).orElse("");
    }

    /** {@code " Did you mean standalone?"}, for a name that is known to be meant. */
    public static String proposal(String name) {
        return " Did you mean " + name + "?";
    }

    private static boolean isPart(String typed, String name) {
        return typed.length() >= 3 && (name.contains(typed) || typed.contains(name));
    }

    /** Levenshtein's distance, ignoring case. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(java.util.Locale.ROOT);
        String b = right.toLowerCase(java.util.Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
