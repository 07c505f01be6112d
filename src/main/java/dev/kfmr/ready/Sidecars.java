package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Istio's sidecars: which pods should have one, and which have. */
public final class Sidecars {
    private static final String SIDECAR = "istio-proxy";
    private static final String INJECT = "sidecar.istio.io/inject";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private Sidecars() {}

    /** By Istio's two labels: the plain one, and that which names a revision. */
    public static boolean isInTheMesh(Namespace namespace) {
        Map<String, String> labels = labels(namespace);
        String plain = labels.getOrDefault("istio-injection", "");
        return plain.equals("enabled") || (labels.containsKey("istio.io/rev") && !plain.equals("disabled"));
    }

    /** Whether the pod asks for one wherever it is. */
    public static boolean isAskedFor(Pod pod) {
        return "true".equals(labels(pod).get(INJECT));
    }

    /** Whether a pod of the mesh, which is not done or on its way out, is to have one. */
    public static boolean isDue(Pod pod) {
        boolean isDone = pod.getMetadata().getDeletionTimestamp() != null
                || (pod.getStatus() != null
                        && ENDED.contains(String.valueOf(pod.getStatus().getPhase())));
        Map<String, String> annotations = pod.getMetadata().getAnnotations() == null
                ? Map.of()
                : pod.getMetadata().getAnnotations();
        boolean isExempt = Stream.of(labels(pod), annotations).anyMatch(map -> "false".equals(map.get(INJECT)));
        return !isDone && !isExempt && !Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    /** An init container where Kubernetes' own sidecars are used. */
    public static boolean has(Pod pod) {
        return Stream.of(pod.getSpec().getContainers(), pod.getSpec().getInitContainers())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(Container::getName)
                .anyMatch(SIDECAR::equals);
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
