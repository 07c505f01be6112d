package dev.kfmr.profile;

import dev.kfmr.core.KfmrException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML where every scalar is a text: whoever reads a file of a known form knows what each must look like. So no pattern is held
 * against any of them, and the part of SnakeYAML that makes objects is not needed, which asks each new JVM for its loggers.
 */
public final class YamlTexts {
    private YamlTexts() {}

    /**
     * The one document of a file as maps, lists and texts; a key without a value is left out.
     *
     * @param name of the file, for errors
     * @throws KfmrException exit 2, {@code yaml.invalid}, with line and column, or when it is not one map
     */
    public static Map<String, Object> parse(String text, String name) {
        try {
            if (compose(new StreamReader(text)) instanceof MappingNode map) {
                return fields(map);
            }
            throw new YAMLException("it is empty, or not a map of keys to values");
        } catch (YAMLException e) {
            throw YamlDocuments.invalid(name, e);
        }
    }

    /** The only document of a file; null where there is none. */
    static @Nullable Node compose(StreamReader reader) {
        return new Composer(new ParserImpl(reader, YamlDocuments.limits()), new NoTypes(), YamlDocuments.limits())
                .getSingleNode();
    }

    private static Map<String, Object> fields(MappingNode map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>();
        for (NodeTuple field : map.getValue()) {
            String key = field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!keys.add(key)) {
                throw new YAMLException(place(field.getKeyNode()) + "the key " + key + " stands here a second time");
            }
            if (!isMissing(field.getValueNode())) {
                fields.put(key, value(field.getValueNode()));
            }
        }
        return fields;
    }

    private static boolean isMissing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty();
    }

    private static String place(Node node) {
        return "line " + (node.getStartMark().getLine() + 1) + ": ";
    }

    private static Object value(Node node) {
        if (node.isTwoStepsConstruction()) {
            throw new YAMLException(place(node) + "an alias leads back to here");
        }
        if (node instanceof MappingNode map) {
            return fields(map);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item));
            }
            return items;
        }
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static final class NoTypes extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // None: each would be a pattern to hold against every scalar.
        }
    }
}
