package dev.kfmr.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kfmr.core.Untyped;
import dev.kfmr.profile.YamlDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Istio's injector fills its templates with: {@code data.values} of its ConfigMap, a text of JSON. Its
 * {@code global.proxy.resources} are those of every sidecar. (Annotations of a pod would do as well, but with one of them the
 * template drops the limits.)
 */
record InjectorValues(Map<String, Object> values) {
    private static final String CONFIG_MAP = "istio-sidecar-injector";
    /** Within the ConfigMap. */
    static final String POINTER = "/data/values";

    private static final List<String> TO_REQUESTS = List.of("global", "proxy", "resources", "requests");

    /** Empty for every other object. */
    static Optional<InjectorValues> of(Manifest manifest) {
        if (!manifest.kind().equals("ConfigMap") || !manifest.name().equals(CONFIG_MAP)) {
            return Optional.empty();
        }
        // JSON is YAML.
        Object text = Untyped.map(manifest.content().get("data")).getOrDefault("values", "");
        return YamlDocuments.parse(String.valueOf(text), manifest.id()).stream()
                .findFirst()
                .map(InjectorValues::new);
    }

    /** The container that each pod gets. */
    Containers.Container sidecar() {
        Map<String, Object> global = Untyped.map(values.get("global"));
        return new Containers.Container("", false, Untyped.map(global.get("proxy")));
    }

    /** The same with other requests, as text. @param requests resource to quantity, in place of what stands there */
    String with(Map<String, String> requests) {
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(replaced(values, new ArrayList<>(TO_REQUESTS), requests));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, Object> replaced(
            Map<String, Object> map, List<String> way, Map<String, String> requests) {
        Map<String, Object> changed = new LinkedHashMap<>(map);
        if (way.isEmpty()) {
            changed.putAll(requests);
        } else {
            String next = way.get(0);
            changed.put(next, replaced(Untyped.map(map.get(next)), way.subList(1, way.size()), requests));
        }
        return changed;
    }
}
