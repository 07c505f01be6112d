package dev.kfmr.doctor;

import dev.kfmr.core.Resource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node says of itself.
 *
 * @param values by the keys that {@code node-facts.sh} prints; what the node does not tell is left out, and then not judged
 */
record NodeFacts(Map<String, String> values) {
    NodeFacts {
        values = Map.copyOf(values);
    }

    /** Prints the facts, when it is run in a node. */
    static String script() {
        return Resource.text(NodeFacts.class, "node-facts.sh");
    }

    /** @param lines a fact each, its key before the first space */
    static NodeFacts of(String lines) {
        Map<String, String> values = new LinkedHashMap<>();
        lines.lines()
                .map(line -> line.strip().split(" +", 2))
                .filter(fields -> fields.length == 2)
                .forEach(fields -> values.put(fields[0], fields[1]));
        return new NodeFacts(values);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Empty for {@code max} and its like as well. */
    OptionalLong number(String key) {
        return text(key)
                .filter(value -> value.matches("\\d{1,18}"))
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    /** The words of a value; none where it is not told. */
    List<String> words(String key) {
        return text(key).map(value -> Arrays.asList(value.split("[ ,]+"))).orElse(List.of());
    }
}
