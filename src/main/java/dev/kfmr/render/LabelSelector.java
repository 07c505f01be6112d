package dev.kfmr.render;

import dev.kfmr.core.Untyped;
import java.util.List;
import java.util.Map;

/** Kubernetes' selector of labels. @param content {@code matchLabels} and {@code matchExpressions}; empty matches all */
record LabelSelector(Map<String, Object> content) {
    boolean matches(Map<String, Object> labels) {
        return Untyped.map(content.get("matchLabels")).entrySet().stream()
                        .allMatch(each ->
                                String.valueOf(each.getValue()).equals(String.valueOf(labels.get(each.getKey()))))
                && Untyped.maps(content.get("matchExpressions")).stream()
                        .allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(Map<String, Object> expression, Map<String, Object> labels) {
        String key = String.valueOf(expression.get("key"));
        boolean isThere = labels.containsKey(key);
        boolean isListed = isThere
                && expression.get("values") instanceof List<?> values
                && values.stream().map(String::valueOf).anyMatch(String.valueOf(labels.get(key))::equals);
        return switch (String.valueOf(expression.get("operator"))) {
            case "In" -> isListed;
            case "NotIn" -> !isListed;
            case "Exists" -> isThere;
            case "DoesNotExist" -> !isThere;
            default -> throw new IllegalArgumentException("No operator of a selector: " + expression);
        };
    }
}
