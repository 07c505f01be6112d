package dev.kfmr.render;

import java.util.Map;
import java.util.Optional;

/**
 * One Kubernetes object as kustomize rendered it.
 *
 * @param content the whole object: maps, lists, strings, numbers, booleans; treated as immutable
 */
public record Manifest(
        String apiVersion, String kind, Optional<String> namespace, String name, Map<String, Object> content) {

    public static Manifest of(Map<String, Object> content) {
        Map<?, ?> metadata = content.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
        return new Manifest(
                String.valueOf(content.get("apiVersion")),
                String.valueOf(content.get("kind")),
                Optional.ofNullable(metadata.get("namespace")).map(String::valueOf),
                String.valueOf(metadata.get("name")),
                content);
    }

    /** {@code apps} of {@code apps/v1}; empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** {@code Deployment kubeflow/mysql}: for people. */
    public String id() {
        return kind + " " + namespace.map(ns -> ns + "/").orElse("") + name;
    }
}
