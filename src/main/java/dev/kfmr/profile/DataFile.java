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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

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

    /** The file with everything that it extends, every node with the file and line that it came from. */
    Node load(String nameOrFile) {
        return load(nameOrFile, new LinkedHashSet<>());
    }

    private Node load(String nameOrFile, Set<String> seen) {
        if (!seen.add(nameOrFile)) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    what + ".invalid",
                    "The " + what + " " + nameOrFile + " extends itself.",
                    String.join(" extends ", seen) + " extends " + nameOrFile,
                    "Remove one extends.");
        }
        Node node = compose(nameOrFile);
        String base = text(node, "extends");
        return base.isEmpty() ? node : merge(load(base, seen), node);
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
            Composer composer = new Composer(
                    new ParserImpl(new NamedReader(text, name), YamlDocuments.limits()),
                    new Resolver(),
                    YamlDocuments.limits());
            Node node = composer.getSingleNode();
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

    private Node merge(Node base, Node over) {
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
        MappingNode merged = new MappingNode(
                Tag.MAP, true, new ArrayList<>(all.values()), over.getStartMark(), over.getEndMark(), FlowStyle.BLOCK);
        return drop(merged, over);
    }

    private Node drop(MappingNode merged, Node over) {
        for (NodeTuple tuple : tuples(over)) {
            if (!key(tuple).equals("drop")) {
                continue;
            }
            Problems problems = new Problems(what);
            Map<String, List<String>> doomed = new LinkedHashMap<>();
            for (NodeTuple list : tuples(tuple.getValueNode())) {
                List<String> names = list.getValueNode() instanceof SequenceNode sequence
                        ? sequence.getValue().stream()
                                .map(n -> ((ScalarNode) n).getValue())
                                .toList()
                        : List.of();
                doomed.put(key(list), names);
            }
            merged.getValue().forEach(section -> {
                for (String name : doomed.getOrDefault(key(section), List.of())) {
                    List<NodeTuple> inner = tuples(section.getValueNode());
                    if (!inner.removeIf(entry -> key(entry).equals(name))) {
                        problems.add(
                                tuple.getValueNode(),
                                "there is no " + name + " in " + key(section) + " to drop."
                                        + NearestName.hint(
                                                name,
                                                inner.stream()
                                                        .map(DataFile::key)
                                                        .toList()));
                    }
                }
            });
            problems.throwIfAny(over.getStartMark().getName());
            dropWhatBelongsTo(doomed.getOrDefault("components", List.of()), merged);
        }
        return merged;
    }

    /** Forwards and patches of components that are gone go with them. */
    private static void dropWhatBelongsTo(List<String> gone, MappingNode file) {
        for (NodeTuple section : file.getValue()) {
            if (section.getValueNode() instanceof MappingNode entries) {
                entries.getValue().removeIf(entry -> belongsTo(gone, entry.getValueNode()));
            }
        }
    }

    private static boolean belongsTo(List<String> gone, Node entry) {
        for (NodeTuple tuple : tuples(entry)) {
            if (key(tuple).equals("component") && tuple.getValueNode() instanceof ScalarNode one) {
                return gone.contains(one.getValue());
            }
            if (key(tuple).equals("components") && tuple.getValueNode() instanceof SequenceNode several) {
                several.getValue().removeIf(name -> name instanceof ScalarNode one && gone.contains(one.getValue()));
                return several.getValue().isEmpty() && !gone.isEmpty();
            }
        }
        return false;
    }

    private static boolean has(Node node, String key) {
        return tuples(node).stream().anyMatch(tuple -> key(tuple).equals(key));
    }

    private static List<NodeTuple> tuples(Node node) {
        return node instanceof MappingNode map ? map.getValue() : List.of();
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static String text(Node node, String key) {
        return tuples(node).stream()
                .filter(tuple -> key(tuple).equals(key) && tuple.getValueNode() instanceof ScalarNode)
                .map(tuple -> ((ScalarNode) tuple.getValueNode()).getValue())
                .findFirst()
                .orElse("");
    }

    private String ofUser(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    what + ".missing",
                    "There is no " + what + " file " + file + ".",
                    "It was looked for at " + file.toAbsolutePath() + ".",
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
