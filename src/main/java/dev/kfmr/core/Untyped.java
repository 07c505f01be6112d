package dev.kfmr.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what YAML or JSON became, of which any part may be absent or of another kind: then it is empty. */
public final class Untyped {
    private Untyped() {}

    @SuppressWarnings("unchecked") // maps out of YAML and JSON have string keys
    public static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** A list of maps; an item that is none becomes an empty one. */
    public static List<Map<String, Object>> maps(@Nullable Object value) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                maps.add(map(item));
            }
        }
        return maps;
    }
}
