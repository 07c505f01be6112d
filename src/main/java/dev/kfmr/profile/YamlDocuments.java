package dev.kfmr.profile;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML text to plain maps, lists, strings, numbers and booleans, as Kubernetes reads it, and back. */
public final class YamlDocuments {
    /** The CRDs of one upstream release are some 3 MB. */
    private static final int LARGEST = 64 << 20;

    private YamlDocuments() {}

    /**
     * Every document that is a map, in order; empty documents are left out.
     *
     * @param name of the file, for errors
     * @throws KfmrException exit 2, {@code yaml.invalid}, with line and column
     */
    public static List<Map<String, Object>> parse(String text, String name) {
        List<Map<String, Object>> documents = new ArrayList<>();
        try {
            SafeConstructor reader = reader(text);
            while (reader.checkData()) {
                Object document = reader.getData();
                if (document == null) {
                    continue;
                }
                if (!(document instanceof Map<?, ?> map)) {
                    throw new YAMLException("a document is not a map of keys to values");
                }
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(String.valueOf(key), value));
                documents.add(copy);
            }
            return documents;
        } catch (YAMLException e) {
            throw invalid(name, e);
        }
    }

    static KfmrException invalid(String name, YAMLException e) {
        return new KfmrException(
                ExitCode.USAGE,
                "yaml.invalid",
                name + " is not valid YAML.",
                String.valueOf(e.getMessage()),
                "Correct it at the place that is named.",
                e);
    }

    /** One document in block style; keys in the order of the map. */
    public static String write(Object value) {
        return writer().dump(value);
    }

    private static SafeConstructor reader(String text) {
        SafeConstructor reader = new SafeConstructor(limits());
        reader.setComposer(
                new Composer(new ParserImpl(new StreamReader(text), limits()), new PlainScalars(), limits()));
        return reader;
    }

    /** Quotes every text that any YAML reader might take for something else, {@code no} and dates included. */
    private static Yaml writer() {
        DumperOptions style = new DumperOptions();
        style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        style.setWidth(200);
        style.setSplitLines(false);
        style.setDereferenceAliases(true); // Not everybody who reads it knows anchors.
        return new Yaml(new SafeConstructor(limits()), new Representer(style), style, limits(), new Resolver());
    }

    static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setMaxAliasesForCollections(1000);
        limits.setAllowDuplicateKeys(false);
        return limits;
    }

    /** As Kubernetes reads YAML: dates stay text, {@code yes} and {@code on} are words, {@code 0755} is octal as in 1.1. */
    private static final class PlainScalars extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(
                    Tag.BOOL, java.util.regex.Pattern.compile("^(?:true|True|TRUE|false|False|FALSE)$"), "tTfF");
            addImplicitResolver(Tag.INT, INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
