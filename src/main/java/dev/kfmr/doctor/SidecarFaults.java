package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.Sidecars;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Pods that should have Istio's sidecar, and have not: who talks to them, and whom they talk to, is refused. */
final class SidecarFaults {
    private SidecarFaults() {}

    static List<Fault> read(KubernetesClient client, Circumstances circumstances) {
        List<Pod> pods = client.namespaces().list().getItems().stream()
                .filter(Sidecars::isInTheMesh)
                .flatMap(namespace ->
                        client.pods().inNamespace(namespace.getMetadata().getName()).list().getItems().stream())
                .toList();
        return of(pods, circumstances);
    }

    /**
     * One for each namespace. Where no pod at all has a sidecar, the mesh may do without them: whether people get through
     * is then what the look at the login tells.
     *
     * @param pods of namespaces in the mesh
     */
    static List<Fault> of(List<Pod> pods, Circumstances circumstances) {
        List<Pod> wanted = pods.stream().filter(Sidecars::isDue).toList();
        Map<String, List<Pod>> without = wanted.stream()
                .filter(pod -> !Sidecars.has(pod))
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getNamespace(), TreeMap::new, Collectors.toList()));
        boolean hasNone = pods.stream().noneMatch(Sidecars::has);
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
}
