package dev.kfmr.render;

import dev.kfmr.core.Untyped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods get a sidecar when they are made: no rendered workload has it, and each reserves room. Decided as the API
 * server and istiod do, by the rendered webhooks' own selectors.
 */
final class SidecarInjection {
    private static final String WEBHOOKS = "istio-sidecar-injector";
    private static final String ASKED = "sidecar.istio.io/inject";

    /** @param pods selector of their labels */
    private record Webhook(LabelSelector namespaces, LabelSelector pods) {}

    private final Map<String, Map<String, Object>> namespaces = new HashMap<>();
    private final List<Webhook> webhooks = new ArrayList<>();
    private Optional<Containers.Container> sidecar = Optional.empty();

    private SidecarInjection() {}

    static SidecarInjection of(Rendered rendered) {
        SidecarInjection injection = new SidecarInjection();
        rendered.objects().forEach(injection::read);
        return injection;
    }

    private void read(Manifest manifest) {
        switch (manifest.kind()) {
            case "Namespace" -> namespaces.put(manifest.name(), labels(manifest.content()));
            // The profile controller makes its namespace, and labels it so in its code.
            case "Profile" -> namespaces.put(manifest.name(), Map.of("istio-injection", "enabled"));
            case "ConfigMap" ->
                InjectorValues.of(manifest).ifPresent(values -> sidecar = Optional.of(values.sidecar()));
            case "MutatingWebhookConfiguration" -> {
                if (manifest.name().equals(WEBHOOKS)) {
                    Untyped.maps(manifest.content().get("webhooks")).forEach(this::add);
                }
            }
            default -> {
                // Neither says who gets a sidecar nor what it is.
            }
        }
    }

    private void add(Map<String, Object> webhook) {
        webhooks.add(new Webhook(
                new LabelSelector(Untyped.map(webhook.get("namespaceSelector"))),
                new LabelSelector(Untyped.map(webhook.get("objectSelector")))));
    }

    /** What is added to each pod of a workload; empty where nothing is. */
    Optional<Containers.Container> sidecarOf(Manifest workload, Containers containers) {
        Map<String, Object> namespace =
                namespaces.getOrDefault(workload.namespace().orElse("default"), Map.of());
        Map<String, Object> labels = labels(containers.pod());
        boolean isSent = webhooks.stream()
                .anyMatch(webhook -> webhook.namespaces().matches(namespace)
                        && webhook.pods().matches(labels));
        return isSent && !isLeftAlone(containers.pod(), labels) ? sidecar : Optional.empty();
    }

    /** By istiod, which is asked: a label goes before an annotation. */
    private static boolean isLeftAlone(Map<String, Object> pod, Map<String, Object> labels) {
        boolean onHostNetwork = Boolean.TRUE.equals(Untyped.map(pod.get("spec")).get("hostNetwork"));
        Map<String, Object> annotations =
                Untyped.map(Untyped.map(pod.get("metadata")).get("annotations"));
        return onHostNetwork || (!labels.containsKey(ASKED) && "false".equals(String.valueOf(annotations.get(ASKED))));
    }

    private static Map<String, Object> labels(Map<String, Object> object) {
        return Untyped.map(Untyped.map(object.get("metadata")).get("labels"));
    }
}
