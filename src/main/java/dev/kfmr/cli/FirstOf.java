package dev.kfmr.cli;

import java.util.ArrayList;
import java.util.List;

/** The beginning of a long list, for who looks at it in passing. */
final class FirstOf {
    private FirstOf() {}

    /** So many lines, and one that tells how many more there are. */
    static List<String> of(List<String> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<String> first = new ArrayList<>(all.subList(0, most));
        first.add("and " + (all.size() - most) + " more");
        return first;
    }
}
