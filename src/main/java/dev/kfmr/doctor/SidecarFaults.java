package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pods that should have Istio's sidecar, and have not: who talks to them, and whom they talk to, is refused. */
final class SidecarFaults {
    private static final String SIDECAR = "istio-proxy";
    private static final String INJECT = "sidecar.istio.io/inject";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private SidecarFaults() {}

    static List<Fault> read(KubernetesClient client, Circumstances circumstances) {
        List<Pod> pods = client.namespaces().list().getItems().stream()
                .filter(SidecarFaults::isInTheMesh)
                .flatMap(namespace ->
                        client.pods().inNamespace(namespace.getMetadata().getName()).list().getItems().stream())
                .toList();
        return of(pods, circumstances);
    }

    /** By Istio's two labels: the plain one, and that which names a revision. */
    static boolean isInTheMesh(Namespace namespace) {
        Map<String, String> labels = labels(namespace);
        String plain = labels.getOrDefault("istio-injection", "");
        return plain.equals("enabled") || (labels.containsKey("istio.io/rev") && !plain.equals("disabled"));
    }

    /**
     * One for each namespace. Where no pod at all has a sidecar, the mesh may do without them: whether people get through
     * is then what the look at the login tells.
     *
     * @param pods of namespaces in the mesh
     */
    static List<Fault> of(List<Pod> pods, Circumstances circumstances) {
        List<Pod> wanted = pods.stream().filter(SidecarFaults::shouldHaveOne).toList();
        Map<String, List<Pod>> without = wanted.stream()
                .filter(pod -> !hasOne(pod))
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getNamespace(), TreeMap::new, Collectors.toList()));
        boolean hasNone = pods.stream().noneMatch(SidecarFaults::hasOne);
        List<Fault> faults = new ArrayList<>();
        without.forEach(
                (namespace, bare) -> faults.add(fault(namespace, bare, hasNone || circumstances.isBeingChanged())));
        return faults;
    }

    private static Fault fault(String namespace, List<Pod> pods, boolean mayBeMeant) {
        Check check = CheckCatalogue.shipped().get("workload.no-sidecar");
        List<Fix> fixes = mayBeMeant
                ? List.of()
                : pods.stream()
                        .filter(pod -> !pod.getMetadata().getOwnerReferences().isEmpty())
                        .map(pod -> Fixes.deletePod(namespace, pod.getMetadata().getName()))
                        .toList();
        List<String> names =
                pods.stream().map(pod -> pod.getMetadata().getName()).sorted().toList();
        return new Fault(
                check.found(
                        mayBeMeant ? Severity.NOTE : check.severity(),
                        Map.of(
                                "namespace", namespace,
                                "pods", String.join(", ", names),
                                "names", String.join(" ", names))),
                "",
                fixes);
    }

    private static boolean shouldHaveOne(Pod pod) {
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
    private static boolean hasOne(Pod pod) {
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
