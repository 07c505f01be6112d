package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a generic object's fields, of which any may be absent. */
record Fields(Map<?, ?> map) {
    /** Nothing for an object that the client has a type for. */
    static Fields of(HasMetadata object) {
        return object instanceof GenericKubernetesResource generic
                ? new Fields(generic.getAdditionalProperties())
                : new Fields(Map.of());
    }

    private static Fields of(@Nullable Object value) {
        return new Fields(value instanceof Map<?, ?> map ? map : Map.of());
    }

    Fields at(String name) {
        return of(map.get(name));
    }

    boolean has(String name) {
        return map.get(name) != null;
    }

    List<Fields> list(String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().map(Fields::of).toList()
                : List.of();
    }

    /** Empty when absent. */
    String text(String name) {
        Object value = map.get(name);
        return value == null ? "" : String.valueOf(value);
    }

    /** {@code otherwise} when absent. */
    long number(String name, long otherwise) {
        return map.get(name) instanceof Number number ? number.longValue() : otherwise;
    }
}
