package dev.kfmr.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a kubeconfig file. Pure: each change gives a new one, and keeps whatever it does not name.
 *
 * @param content as YAML has it; treated as immutable
 */
record Kubeconfig(Map<String, Object> content) {
    private static final List<String> LISTS = List.of("clusters", "contexts", "users");
    private static final String CURRENT = "current-context";

    /** @throws IllegalArgumentException when it is none: with the reason */
    Kubeconfig {
        for (String key : LISTS) {
            Object list = content.get(key);
            if (list != null && !(list instanceof List<?>)) {
                throw new IllegalArgumentException("`" + key + "` is no list");
            }
        }
    }

    static Kubeconfig empty() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("apiVersion", "v1");
        content.put("kind", "Config");
        LISTS.forEach(key -> content.put(key, List.of()));
        return new Kubeconfig(content);
    }

    /** This, with all entries of {@code other}; those of the same name give way. The current context stays. */
    Kubeconfig with(Kubeconfig other) {
        Map<String, Object> merged = new LinkedHashMap<>(content);
        for (String key : LISTS) {
            List<Object> entries = new ArrayList<>(list(key));
            for (Object entry : other.list(key)) {
                replaceOrAdd(entries, entry);
            }
            merged.put(key, entries);
        }
        return new Kubeconfig(merged);
    }

    private static void replaceOrAdd(List<Object> entries, Object entry) {
        for (int i = 0; i < entries.size(); i++) {
            if (name(entries.get(i)).equals(name(entry))) {
                entries.set(i, entry);
                return;
            }
        }
        entries.add(entry);
    }

    Kubeconfig withCurrentContext(String context) {
        Map<String, Object> changed = new LinkedHashMap<>(content);
        changed.put(CURRENT, context);
        return new Kubeconfig(changed);
    }

    /** This, without cluster, context and user of that name; no context is current if that one was. */
    Kubeconfig without(String name) {
        Map<String, Object> rest = new LinkedHashMap<>(content);
        for (String key : LISTS) {
            if (rest.containsKey(key)) {
                rest.put(
                        key,
                        list(key).stream()
                                .filter(entry -> !isNamed(entry, name))
                                .toList());
            }
        }
        if (name.equals(rest.get(CURRENT))) {
            rest.put(CURRENT, "");
        }
        return new Kubeconfig(rest);
    }

    boolean names(String name) {
        return LISTS.stream().flatMap(key -> list(key).stream()).anyMatch(entry -> isNamed(entry, name));
    }

    private List<Object> list(String key) {
        return content.get(key) instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    private static boolean isNamed(@Nullable Object entry, String name) {
        return name(entry).equals(Optional.of(name));
    }

    private static Optional<String> name(@Nullable Object entry) {
        return entry instanceof Map<?, ?> map
                ? Optional.ofNullable(map.get("name")).map(String::valueOf)
                : Optional.empty();
    }
}
