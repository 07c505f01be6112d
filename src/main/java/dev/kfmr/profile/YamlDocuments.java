package dev.kfmr.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Stand-in until the branch {@code profile} is merged. */
public final class YamlDocuments {
    private YamlDocuments() {}

    public static List<Map<String, Object>> parse(String text, String nameForErrors) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            if (document instanceof Map<?, ?> map) {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(String.valueOf(key), value));
                documents.add(copy);
            } else if (document != null) {
                throw new IllegalArgumentException(nameForErrors + " is not a map");
            }
        }
        return documents;
    }

    /** One document in block style, keys in the map's order. */
    public static String write(Map<String, Object> document) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(200);
        return new Yaml(options).dump(document);
    }
}
