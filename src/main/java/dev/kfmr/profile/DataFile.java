package dev.kfmr.profile;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import dev.kfmr.core.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A kind of data file: shipped ones by name, a user's by path. A file may extend a shipped one: maps are merged, a list or
 * a text takes the place of the shipped one, and {@code drop} names what goes: {@code drop: {components: [catalog]}}.
 */
final class DataFile {
    private final String what;
    private final String folder;
    private final String nameList;

    /**
     * @param what for errors: {@code profile}, {@code pins}
     * @param folder of the shipped ones on the class path
     */
    DataFile(String what, String folder) {
        this.what = what;
        this.folder = folder;
        this.nameList = resource(folder + "/index.txt");
    }

    List<String> names() {
        return nameList.lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * The file with everything that it extends, every node with the file and line that it came from.
     *
     * @param problems takes what is wrong with how the files are put together
     */
    Node load(String nameOrFile, Problems problems) {
        return load(nameOrFile, new LinkedHashSet<>(), problems);
    }

    private Node load(String nameOrFile, Set<String> seen, Problems problems) {
        if (!seen.add(nameOrFile)) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    what + ".invalid",
                    "The " + what + " " + nameOrFile + " extends itself.",
                    String.join(" extends ", seen) + " extends " + nameOrFile,
                    "Remove one extends.");
        }
        Node node = compose(nameOrFile);
        noteDoubleKeys(node, Collections.newSetFromMap(new IdentityHashMap<>()), problems);
        String base = text(node, "extends");
        if (!base.isEmpty()) {
            return merge(base(base, nameOrFile, seen, problems), node, problems);
        }
        value(node, "drop")
                .ifPresent(drop ->
                        problems.add(drop, "drop takes something out of an extended file, and this one extends none"));
        return node;
    }

    /** @param extending whose fault it is when there is no such base */
    private Node base(String base, String extending, Set<String> seen, Problems problems) {
        try {
            return load(base, seen, problems);
        } catch (KfmrException e) {
            if (!e.code().equals(what + ".unknown") && !e.code().equals(what + ".missing")) {
                throw e;
            }
            throw new KfmrException(
                    e.exitCode(), e.code(), e.what(), extending + " extends it. " + e.why(), e.remedy(), e);
        }
    }

    /** The composer keeps both of two equal keys; a map made of them would lose the first without a word. */
    private static void noteDoubleKeys(Node node, Set<Node> seen, Problems problems) {
        if (!seen.add(node)) {
            return; // An alias may lead back to where it stands.
        }
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> noteDoubleKeys(item, seen, problems));
        }
        Set<String> keys = new HashSet<>();
        for (NodeTuple tuple : tuples(node)) {
            if (!keys.add(key(tuple))) {
                problems.add(tuple.getKeyNode(), "the key " + key(tuple) + " stands here a second time");
            }
            noteDoubleKeys(tuple.getValueNode(), seen, problems);
        }
    }

    private Node compose(String nameOrFile) {
        String text;
        String name;
        if (names().contains(nameOrFile)) {
            name = folder + "/" + nameOrFile + ".yaml";
            text = resource(name);
        } else if (nameOrFile.contains("/") || nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")) {
            name = nameOrFile;
            text = ofUser(Path.of(nameOrFile));
        } else {
            throw unknown(nameOrFile);
        }
        return compose(text, name);
    }

    Node compose(String text, String name) {
        try {
            Node node = YamlTexts.compose(new NamedReader(text, name));
            if (node instanceof MappingNode) {
                return node;
            }
            throw invalid(name, "it is empty, or not a map of keys to values");
        } catch (MarkedYAMLException e) {
            throw invalid(name, name + ":" + (e.getProblemMark().getLine() + 1) + ": " + e.getProblem());
        }
    }

    /** Marks carry the file's name. */
    private static final class NamedReader extends StreamReader {
        private final String name;

        NamedReader(String text, String name) {
            super(text);
            this.name = name;
        }

        @Override
        public org.yaml.snakeyaml.error.Mark getMark() {
            org.yaml.snakeyaml.error.Mark mark = super.getMark();
            return new org.yaml.snakeyaml.error.Mark(
                    name, mark.getIndex(), mark.getLine(), mark.getColumn(), mark.getBuffer(), mark.getPointer());
        }
    }

    private static Node merge(Node base, Node over, Problems problems) {
        MappingNode merged = merge(base, over);
        value(over, "drop").ifPresent(drop -> new DropList(drop, problems).applyTo(merged));
        return merged;
    }

    private static MappingNode merge(Node base, Node over) {
        Map<String, NodeTuple> all = new LinkedHashMap<>();
        tuples(base).forEach(tuple -> all.put(key(tuple), tuple));
        if (has(over, "commit") && !has(over, "trees")) {
            // Tree ids belong to the commit that they were read from.
            all.remove("trees");
        }
        for (NodeTuple tuple : tuples(over)) {
            String key = key(tuple);
            if (key.equals("extends") || key.equals("drop")) {
                continue;
            }
            NodeTuple below = all.get(key);
            if (below != null
                    && below.getValueNode() instanceof MappingNode
                    && tuple.getValueNode() instanceof MappingNode) {
                all.put(key, new NodeTuple(tuple.getKeyNode(), merge(below.getValueNode(), tuple.getValueNode())));
            } else {
                all.put(key, tuple);
            }
        }
        return new MappingNode(
                Tag.MAP, true, new ArrayList<>(all.values()), over.getStartMark(), over.getEndMark(), FlowStyle.BLOCK);
    }

    private static Optional<Node> value(Node node, String key) {
        return tuples(node).stream()
                .filter(tuple -> key(tuple).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static boolean has(Node node, String key) {
        return value(node, key).isPresent();
    }

    static List<NodeTuple> tuples(Node node) {
        return node instanceof MappingNode map ? map.getValue() : List.of();
    }

    static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static String text(Node node, String key) {
        return value(node, key)
                .map(value -> value instanceof ScalarNode scalar ? scalar.getValue() : "")
                .orElse("");
    }

    private String ofUser(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    what + ".missing",
                    "There is no " + what + " file " + file + ".",
                    Files.isDirectory(file) ? "That is a folder." : "Looked for as " + file.toAbsolutePath() + ".",
                    "Name a file that exists, or one of: " + String.join(", ", names()) + ".");
        }
        return WholeFile.read(file);
    }

    private KfmrException unknown(String name) {
        return new KfmrException(
                ExitCode.USAGE,
                what + ".unknown",
                "There is no " + (what.equals("pins") ? "release set " : "mode ") + name + "."
                        + NearestName.hint(name, names()),
                "kfmr ships: " + String.join(", ", names()) + ".",
                "Choose one of these, or name a file of your own, such as ./" + name + ".yaml.");
    }

    private KfmrException invalid(String name, String why) {
        return new KfmrException(
                ExitCode.USAGE,
                what + ".invalid",
                "The " + what + " file " + name + " cannot be read.",
                why,
                "Correct it; docs/profiles.md explains each key.");
    }

    private static String resource(String path) {
        try (InputStream stream = DataFile.class.getResourceAsStream("/" + path)) {
            if (stream == null) {
                throw new IllegalStateException("kfmr was built without " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
