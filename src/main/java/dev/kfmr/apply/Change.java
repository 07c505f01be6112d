package dev.kfmr.apply;

import dev.kfmr.core.Untyped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What applying would do to one object. Of Secrets it tells which values differ, and no value.
 *
 * @param before as it is in the cluster; empty for one that is created or deleted
 * @param after as it would be; empty for one that is deleted
 */
public record Change(
        String component, ObjectRef ref, Kind kind, Map<String, Object> before, Map<String, Object> after) {
    private static final String DATA = "data";

    public enum Kind {
        CREATE,
        CHANGE,
        DELETE
    }

    public Change {
        if (ref.kind().equals("Secret") && ref.group().isEmpty()) {
            Map<String, Object> was = Untyped.map(before.get(DATA));
            Map<String, Object> willBe = Untyped.map(after.get(DATA));
            before = hidden(before, was, willBe, "*** (before)");
            after = hidden(after, willBe, was, "*** (after)");
        }
    }

    private static Map<String, Object> hidden(
            Map<String, Object> secret, Map<String, Object> own, Map<String, Object> other, String whenOther) {
        Map<String, Object> copy = new LinkedHashMap<>(secret);
        Map<String, Object> data = new LinkedHashMap<>();
        own.forEach((key, value) -> data.put(key, value.equals(other.get(key)) ? "***" : whenOther));
        if (secret.containsKey(DATA)) {
            copy.put(DATA, data);
        }
        return copy;
    }
}
