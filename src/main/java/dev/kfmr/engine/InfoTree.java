package dev.kfmr.engine;

import dev.kfmr.profile.YamlDocuments;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an engine tells of itself: JSON of any shape, in which every field may be missing. */
record InfoTree(Map<String, Object> root) {

    /** JSON is YAML. @param nameForErrors the command that printed it */
    static InfoTree of(String json, String nameForErrors) {
        return new InfoTree(
                YamlDocuments.parse(json, nameForErrors).stream().findFirst().orElse(Map.of()));
    }

    boolean has(String... path) {
        return value(path).isPresent();
    }

    /** Empty text where the field is missing. */
    String text(String... path) {
        return value(path).map(String::valueOf).orElse("");
    }

    /** 0 where the field is missing or no number. */
    long number(String... path) {
        return value(path)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).longValue())
                .orElse(0L);
    }

    boolean isTrue(String... path) {
        return value(path).filter(Boolean.TRUE::equals).isPresent();
    }

    List<String> texts(String... path) {
        return value(path)
                .filter(List.class::isInstance)
                .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }

    private Optional<Object> value(String... path) {
        Object here = root;
        for (String key : path) {
            Object next = here instanceof Map<?, ?> map ? map.get(key) : null;
            if (next == null) {
                return Optional.empty();
            }
            here = next;
        }
        return Optional.of(here);
    }
}
