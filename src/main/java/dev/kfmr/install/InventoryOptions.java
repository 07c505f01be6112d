package dev.kfmr.install;

import dev.kfmr.state.Environment;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The options of an environment as the inventory in the cluster keeps them. */
final class InventoryOptions {
    private InventoryOptions() {}

    static Map<String, String> of(Environment environment) {
        Map<String, String> options = new TreeMap<>();
        options.put("pins", environment.pins());
        options.put("requests", environment.requests().name().toLowerCase(Locale.ROOT));
        options.put("requests-lowered", String.valueOf(environment.requestsLowered()));
        put(options, "with", environment.with());
        put(options, "without", environment.without());
        return options;
    }

    private static void put(Map<String, String> options, String name, java.util.Set<String> values) {
        if (!values.isEmpty()) {
            options.put(name, String.join(",", values.stream().sorted().toList()));
        }
    }
}
