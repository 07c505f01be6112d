package dev.kfmr.profile;

import dev.kfmr.core.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One map of a file, read key by key. What is missing or of another type is noted as a problem and read as empty, so that
 * reading goes on; {@link #end} notes the keys that nobody asked for.
 */
final class Section {
    private final String kind;
    private final Node node;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();

    /** @param kind of section, such as {@code component} */
    Section(String kind, Node node, Problems problems) {
        this.kind = kind;
        this.node = node;
        this.problems = problems;
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                String key = scalar(tuple.getKeyNode());
                values.put(key, tuple.getValueNode());
                keys.put(key, tuple.getKeyNode());
            }
        } else {
            problems.add(node, "here a map of keys to values is expected");
        }
    }

    String place() {
        return Problems.place(node);
    }

    /** A directory; a relative one is beside the file that names it. */
    Optional<Path> directory(String key) {
        Optional<String> text = optional(key);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(value(key).getStartMark().getName())
                        .toAbsolutePath()
                        .resolveSibling(text.get())
                        .normalize());
    }

    /** A key that is dealt with elsewhere. */
    void expect(String key) {
        asked.add(key);
    }

    /** The text, or empty with a problem noted. */
    String required(String key) {
        Optional<String> text = optional(key);
        if (text.isEmpty() && !values.containsKey(key)) {
            problems.add(node, "the key " + key + " is missing");
        }
        return text.orElse("");
    }

    String text(String key) {
        return optional(key).orElse("");
    }

    private Optional<String> optional(String key) {
        asked.add(key);
        Node value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof ScalarNode)) {
            problems.add(value, key + " must be a text");
            return Optional.empty();
        }
        return Optional.of(scalar(value));
    }

    int number(String key, int otherwise) {
        Optional<String> text = optional(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text.get());
        } catch (NumberFormatException e) {
            problems.add(value(key), key + " must be a whole number, not '" + text.get() + "'");
            return otherwise;
        }
    }

    boolean flag(String key, boolean otherwise) {
        Optional<String> text = optional(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().equals("true") && !text.get().equals("false")) {
            problems.add(value(key), key + " must be true or false, not '" + text.get() + "'");
        }
        return Boolean.parseBoolean(text.get());
    }

    <E extends Enum<E>> E choice(String key, E otherwise) {
        String text = required(key);
        for (E each : otherwise.getDeclaringClass().getEnumConstants()) {
            if (name(each).equals(text)) {
                return each;
            }
        }
        if (values.containsKey(key)) {
            List<String> names = List.of(otherwise.getDeclaringClass().getEnumConstants()).stream()
                    .map(Section::name)
                    .toList();
            problems.add(
                    value(key),
                    key + " cannot be '" + text + "': it is one of " + String.join(", ", names) + "."
                            + NearestName.hint(text, names));
        }
        return otherwise;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    List<String> texts(String key) {
        asked.add(key);
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        List<Node> items = value instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        for (Node item : items) {
            if (item instanceof ScalarNode) {
                texts.add(scalar(item));
            }
        }
        if (!(value instanceof SequenceNode) || texts.size() < items.size()) {
            problems.add(value, key + " must be a list of texts");
            return List.of();
        }
        return texts;
    }

    Map<String, String> textMap(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : mapping(key).entrySet()) {
            if (entry.getValue() instanceof ScalarNode) {
                texts.put(entry.getKey(), scalar(entry.getValue()));
            } else {
                problems.add(entry.getValue(), entry.getKey() + " must be a text");
            }
        }
        return texts;
    }

    /** A map whose values are lists of texts. */
    Map<String, List<String>> listMap(String key) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        Section section = new Section(key, values.getOrDefault(key, empty()), problems);
        asked.add(key);
        for (String name : section.values.keySet()) {
            lists.put(name, section.texts(name));
        }
        return lists;
    }

    /** Named sections, in the order of the file. */
    Map<String, Section> named(String key, String kindOfSection) {
        Map<String, Section> sections = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : mapping(key).entrySet()) {
            sections.put(entry.getKey(), new Section(kindOfSection, entry.getValue(), problems));
        }
        return sections;
    }

    /** The section under a key, of a kind of the key's name; one that is missing is noted as a problem. */
    Section section(String key) {
        asked.add(key);
        if (!values.containsKey(key)) {
            problems.add(node, "the key " + key + " is missing");
        }
        return new Section(key, values.getOrDefault(key, empty()), problems);
    }

    /** One section, if it is there. */
    Optional<Section> optionalSection(String key, String kindOfSection) {
        asked.add(key);
        Node value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(new Section(kindOfSection, value, problems));
    }

    List<Section> sections(String key, String kindOfSection) {
        asked.add(key);
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            problems.add(value, key + " must be a list");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            sections.add(new Section(kindOfSection, item, problems));
        }
        return sections;
    }

    private Map<String, Node> mapping(String key) {
        asked.add(key);
        Node value = values.get(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof MappingNode)) {
            problems.add(value, key + " must be a map");
            return Map.of();
        }
        return new Section(key, value, problems).values;
    }

    /** Where a key's value stands, or the section itself. */
    Node value(String key) {
        return values.getOrDefault(key, node);
    }

    void problem(String key, String text) {
        problems.add(value(key), text);
    }

    /** Notes every key that nobody asked for, with the nearest one that is known. */
    void end() {
        problems.known(kind, asked);
        for (Map.Entry<String, Node> each : keys.entrySet()) {
            String key = each.getKey();
            if (!asked.contains(key)) {
                problems.add(
                        each.getValue(),
                        "there is no key " + key + " in a " + kind + "." + NearestName.hint(key, asked));
            }
        }
    }

    private static Node empty() {
        return new MappingNode(
                org.yaml.snakeyaml.nodes.Tag.MAP, List.of(), org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK);
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
