package dev.kfmr.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of maps that are shown to people or written down. */
public final class InOrder {
    private InOrder() {}

    /** Unmodifiable, in the order of the map. {@code Map.copyOf} and {@code Map.of} have another order in each JVM. */
    public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
