package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Objects as a cluster would show them. */
final class DoctorObjects {
    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    static final String LONG_AGO = "2026-11-28T09:00:00Z";
    static final String JUST_NOW = "2026-11-28T11:59:30Z";

    /** The nodes run since long, and nobody changes anything. */
    static final Circumstances LONG_STARTED = new Circumstances(NOW, Instant.EPOCH, false);

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private DoctorObjects() {}

    static <T extends HasMetadata> T object(Class<T> type, String yaml) {
        return JSON.unmarshal(yaml, type);
    }

    /** Of the UI of Pipelines. */
    static ForwardSpec forward() {
        return new ForwardSpec(
                "ui",
                "Pipelines",
                "pipelines",
                "ml-pipeline-ui",
                "kubeflow",
                80,
                0,
                8080,
                "/",
                List.of("/healthz"),
                Map.of());
    }

    static ObjectRef deployment(String name) {
        return new ObjectRef("apps", "v1", "Deployment", "kubeflow", name);
    }

    /** A Deployment whose pod is not ready, and that pod. @param status of its one container, as YAML in one line */
    static List<HasMetadata> unready(String name, String created, String status) {
        return unready(name, created, status, "gone/store:1");
    }

    static List<HasMetadata> unready(String name, String created, String status, String image) {
        return List.of(
                JSON.unmarshal(
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: %1$s, namespace: kubeflow, uid: d-%1$s, generation: 1, creationTimestamp: "%2$s"}
                        spec: {replicas: 1}
                        status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1}
                        """
                                .formatted(name, created)),
                JSON.unmarshal(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: %1$s-1, namespace: kubeflow, uid: p-%1$s, creationTimestamp: "%2$s", ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: %1$s, uid: d-%1$s}]}
                        spec: {containers: [{name: main, image: "%4$s"}]}
                        status:
                          phase: Pending
                          containerStatuses: [{name: main, image: "%4$s", imageID: "", ready: false, restartCount: 3, %3$s}]
                        """
                                .formatted(name, created, status, image)));
    }

    /** A Deployment whose pod has no node. @param message of the scheduler */
    static List<HasMetadata> unscheduled(String name, String message, String requests) {
        return List.of(
                unready(name, LONG_AGO, "state: {waiting: {}}").get(0),
                JSON.unmarshal(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: %1$s-1, namespace: kubeflow, uid: p-%1$s, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: %1$s, uid: d-%1$s}]}
                        spec: {containers: [{name: main, image: "a:1", resources: {requests: {%3$s}}}]}
                        status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "%2$s"}]}
                        """
                                .formatted(name, message, requests)));
    }

    static HasMetadata ready(String name, int replicas) {
        return JSON.unmarshal(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: kubeflow, uid: d-%1$s, generation: 1}
                spec: {replicas: %2$d}
                status: {observedGeneration: 1, replicas: %2$d, updatedReplicas: %2$d, readyReplicas: %2$d, availableReplicas: %2$d}
                """
                        .formatted(name, replicas));
    }

    static String waiting(String reason, String message) {
        return "state: {waiting: {reason: %s, message: \"%s\"}}".formatted(reason, message);
    }

    static String crashing(int exitCode) {
        return ("state: {waiting: {reason: CrashLoopBackOff}}, "
                        + "lastState: {terminated: {exitCode: %d, reason: Error, containerID: \"containerd://1\"}}")
                .formatted(exitCode);
    }

    @SafeVarargs
    static ClusterView view(List<? extends HasMetadata>... objects) {
        List<HasMetadata> all = new ArrayList<>();
        Arrays.stream(objects).forEach(all::addAll);
        return new ClusterView(all, List.of());
    }

    /** @param log of every last run */
    static WorkloadReport report(ObjectRef ref, ClusterView view, PodLogs log) {
        return WorkloadReport.atOneLook(ref, view, log, NOW);
    }
}
