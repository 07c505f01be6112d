package dev.kfmr.ready;

import dev.kfmr.cluster.ClientParts;
import dev.kfmr.cluster.PlainObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an object's fields, of which any may be absent. */
public record Fields(Map<?, ?> map) {
    /** Of an object that the client has a type for as well: those that its JSON has. */
    public static Fields of(HasMetadata object) {
        if (object instanceof PlainObject plain) {
            return new Fields(plain.fields());
        }
        GenericKubernetesResource generic = object instanceof GenericKubernetesResource already
                ? already
                : ClientParts.json().convertValue(object, GenericKubernetesResource.class);
        return new Fields(generic.getAdditionalProperties());
    }

    private static Fields of(@Nullable Object value) {
        return new Fields(value instanceof Map<?, ?> map ? map : Map.of());
    }

    public Fields at(String name) {
        return of(map.get(name));
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    boolean has(String name) {
        return map.get(name) != null;
    }

    List<Fields> list(String name) {
        List<Fields> fields = new ArrayList<>();
        if (map.get(name) instanceof List<?> list) {
            for (Object item : list) {
                fields.add(of(item));
            }
        }
        return fields;
    }

    /** Empty when absent. */
    String text(String name) {
        Object value = map.get(name);
        return value == null ? "" : String.valueOf(value);
    }

    /** {@code otherwise} when absent. */
    public long number(String name, long otherwise) {
        return map.get(name) instanceof Number number ? number.longValue() : otherwise;
    }
}
