package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.cluster.StorageClasses;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What workloads stand on: nodes, volumes, namespaces. Pure. */
final class FoundationFaults {
    /** The scheduler's mark on a claim whose first pod has a node: from then on it must become bound. */
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private static final Duration TO_MAKE_A_VOLUME = Duration.ofMinutes(1);
    private static final Duration TO_EMPTY_A_NAMESPACE = Duration.ofMinutes(1);

    private FoundationFaults() {}

    /** @param program of the engine: {@code docker} */
    static List<Fault> ofNodes(List<Node> nodes, String program) {
        List<Fault> faults = new ArrayList<>();
        for (Node node : nodes) {
            String name = node.getMetadata().getName();
            for (NodeCondition condition : node.getStatus().getConditions()) {
                boolean isReady = condition.getType().equals("Ready");
                boolean isAsItShouldBe = condition.getStatus().equals(isReady ? "True" : "False");
                if (!isAsItShouldBe) {
                    faults.add(found(
                            isReady ? "node.not-ready" : "node.pressure",
                            Map.of(
                                    "node",
                                    name,
                                    "program",
                                    program,
                                    "condition",
                                    condition.getType(),
                                    "evidence",
                                    condition.getReason() + ": " + condition.getMessage())));
                }
            }
        }
        return faults;
    }

    /** A class that is missing is a fault only when a claim waits for it. */
    static List<Fault> ofVolumes(List<StorageClass> classes, List<PersistentVolumeClaim> claims, Instant now) {
        List<PersistentVolumeClaim> pending = claims.stream()
                .filter(claim -> claim.getStatus() != null
                        && "Pending".equals(claim.getStatus().getPhase()))
                .toList();
        List<Fault> faults = new ArrayList<>();
        defaultClass(classes, pending).ifPresent(faults::add);
        pending.stream()
                .filter(claim -> isOverdue(claim, classes, now))
                .map(claim -> pending(claim, hasNoClass(claim) || hasItsClass(claim, classes)))
                .forEach(faults::add);
        return faults;
    }

    private static Optional<Fault> defaultClass(List<StorageClass> classes, List<PersistentVolumeClaim> pending) {
        if (StorageClasses.hasDefault(classes)) {
            return Optional.empty();
        }
        String waiting = pending.stream()
                .filter(FoundationFaults::hasNoClass)
                .map(FoundationFaults::id)
                .collect(Collectors.joining(", "));
        List<Fix> fixes = classes.size() == 1
                ? List.of(Fixes.makeDefault(classes.get(0).getMetadata().getName()))
                : List.of();
        Finding finding = CheckCatalogue.shipped()
                .get("cluster.no-storage-class")
                .found(
                        waiting.isEmpty() ? Severity.WARNING : Severity.FAILURE,
                        Map.of(
                                "classes",
                                StorageClasses.names(classes),
                                "claims",
                                waiting.isEmpty() ? "none" : waiting));
        return Optional.of(new Fault(finding, "", fixes));
    }

    private static boolean hasNoClass(PersistentVolumeClaim claim) {
        return claim.getSpec().getStorageClassName() == null;
    }

    private static boolean isOverdue(PersistentVolumeClaim claim, List<StorageClass> classes, Instant now) {
        boolean isYoung = WorkloadFaults.created(claim)
                .filter(created -> created.plus(TO_MAKE_A_VOLUME).isAfter(now))
                .isPresent();
        Map<String, String> annotations = claim.getMetadata().getAnnotations();
        boolean hasConsumer = annotations != null && annotations.containsKey(SELECTED_NODE);
        return !isYoung && (!hasItsClass(claim, classes) || hasConsumer);
    }

    private static boolean hasItsClass(PersistentVolumeClaim claim, List<StorageClass> classes) {
        return classes.stream()
                .anyMatch(each ->
                        each.getMetadata().getName().equals(claim.getSpec().getStorageClassName()));
    }

    /** @param mayHelp whether its successor may fare better: not where the class that it names is not there */
    private static Fault pending(PersistentVolumeClaim claim, boolean mayHelp) {
        String storageClass = claim.getSpec().getStorageClassName();
        String namespace = claim.getMetadata().getNamespace();
        String name = claim.getMetadata().getName();
        Finding finding = CheckCatalogue.shipped()
                .get("cluster.claim-pending")
                .found(Map.of(
                        "claim",
                        id(claim),
                        "namespace",
                        namespace,
                        "name",
                        name,
                        "evidence",
                        storageClass == null ? "it names no StorageClass" : "its StorageClass: " + storageClass));
        return mayHelp ? Fault.of(finding, Fixes.makeAnew(namespace, name)) : Fault.of(finding);
    }

    private static String id(PersistentVolumeClaim claim) {
        return claim.getMetadata().getNamespace() + "/" + claim.getMetadata().getName();
    }

    static List<Fault> ofNamespaces(List<Namespace> namespaces, Instant now) {
        return namespaces.stream()
                .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() != null)
                .map(namespace -> terminating(namespace, now))
                .toList();
    }

    private static Fault terminating(Namespace namespace, Instant now) {
        Instant since = Instant.parse(namespace.getMetadata().getDeletionTimestamp());
        Duration lasts = Duration.between(since, now);
        List<NamespaceCondition> reasons = namespace.getStatus().getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .toList();
        return Fault.of(CheckCatalogue.shipped()
                .get("cluster.namespace-terminating")
                .found(
                        lasts.compareTo(TO_EMPTY_A_NAMESPACE) < 0 ? Severity.NOTE : Severity.FAILURE,
                        Map.of(
                                "namespace",
                                namespace.getMetadata().getName(),
                                "seconds",
                                String.valueOf(Math.max(0, lasts.toSeconds())),
                                "evidence",
                                Stream.concat(
                                                reasons.stream().map(NamespaceCondition::getMessage),
                                                finalizers(namespace))
                                        .collect(Collectors.joining("\n")))));
    }

    /** Of the namespace itself: no condition tells of them. */
    private static Stream<String> finalizers(Namespace namespace) {
        List<String> own = namespace.getMetadata().getFinalizers();
        return own.isEmpty() ? Stream.empty() : Stream.of("its own finalizers: " + String.join(", ", own));
    }

    private static Fault found(String check, Map<String, String> values) {
        return Fault.of(CheckCatalogue.shipped().get(check).found(values));
    }
}
