package dev.kfmr.profile;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** Everything that is wrong with a file, each with its line, so that all of it can be mended at once. */
final class Problems {
    private final String what;

    private record Problem(String file, int line, String text) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + text;
        }
    }

    private final List<Problem> found = new ArrayList<>();
    private final Map<String, Set<String>> keys = new TreeMap<>();

    /** @param what {@code profile} or {@code pins} */
    Problems(String what) {
        this.what = what;
    }

    void add(Node at, String text) {
        found.add(new Problem(at.getStartMark().getName(), at.getStartMark().getLine() + 1, text));
    }

    /** {@code mine.yaml:12}. */
    static String place(Node node) {
        return node.getStartMark().getName() + ":" + (node.getStartMark().getLine() + 1);
    }

    void known(String section, Set<String> keysOfSection) {
        keys.computeIfAbsent(section, name -> new TreeSet<>()).addAll(keysOfSection);
    }

    /** The keys that were asked for, by kind of section: held against the JSON Schema by a test. */
    Map<String, Set<String>> knownKeys() {
        return keys;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws KfmrException exit 2 when there are any */
    void throwIfAny(String name) {
        if (!found.isEmpty()) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    what + ".invalid",
                    "The " + what + " file " + name + " has "
                            + (found.size() == 1 ? "an error." : found.size() + " errors."),
                    found.stream()
                            .sorted(Comparator.comparing(Problem::file).thenComparing(Problem::line))
                            .map(Problem::toString)
                            .collect(Collectors.joining("\n")),
                    "Correct every line that is named; docs/profiles.md explains each key.");
        }
    }
}
