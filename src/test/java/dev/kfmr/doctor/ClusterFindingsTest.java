package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterFindingsTest {
    private static final ObjectRef STORE = new ObjectRef("apps", "v1", "Deployment", "kubeflow", "store");

    private static Node node(String ready, String diskPressure) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("kfmr-control-plane")
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withReason("KubeletReady")
                .withMessage("said the kubelet")
                .endCondition()
                .addNewCondition()
                .withType("DiskPressure")
                .withStatus(diskPressure)
                .withReason("KubeletHasDiskPressure")
                .withMessage("little is free")
                .endCondition()
                .endStatus()
                .build();
    }

    private static StorageClass storageClass(String isDefault) {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName("standard")
                .addToAnnotations("storageclass.kubernetes.io/is-default-class", isDefault)
                .endMetadata()
                .build();
    }

    /** A Deployment with one pod whose container waits for this reason. */
    private static WorkloadReport report(String waiting, String message) {
        KubernetesSerialization json = new KubernetesSerialization();
        ClusterView view = new ClusterView(
                List.of(
                        json.unmarshal(
                                """
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: {name: store, namespace: kubeflow, uid: d, generation: 1}
                                spec: {replicas: 1}
                                status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1}
                                """),
                        json.unmarshal(
                                """
                                apiVersion: v1
                                kind: Pod
                                metadata: {name: p, namespace: kubeflow, uid: p, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: store, uid: d}]}
                                spec: {containers: [{name: main, image: "gone/store:1"}]}
                                status:
                                  phase: Pending
                                  containerStatuses: [{name: main, image: "gone/store:1", imageID: "", ready: false, restartCount: 0, state: {waiting: {reason: %s, message: "%s"}}}]
                                """
                                        .formatted(waiting, message))),
                List.of());
        return WorkloadReport.of(STORE, view, PodLogs.none(), Instant.EPOCH);
    }

    @Test
    void findsNothingWrongWithAReadyNode() {
        assertThat(ClusterFindings.ofNodes(List.of(node("True", "False")))).isEmpty();
    }

    @Test
    void findsANodeThatIsNotReadyAndOneUnderPressure() {
        assertThat(ClusterFindings.ofNodes(List.of(node("Unknown", "True"))))
                .extracting(Finding::id, Finding::evidence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("node.not-ready", "KubeletReady: said the kubelet"),
                        org.assertj.core.groups.Tuple.tuple("node.pressure", "KubeletHasDiskPressure: little is free"));
    }

    @Test
    void findsThatNoStorageClassIsTheDefault() {
        assertThat(ClusterFindings.ofStorageClasses(List.of(storageClass("true"))))
                .isEmpty();
        assertThat(ClusterFindings.ofStorageClasses(List.of(storageClass("false"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence()).contains("standard"));
    }

    @Test
    void namesTheImageThatStandsInForADeadOne() {
        Finding finding = ClusterFindings.ofWorkloads(
                        List.of(report("ErrImagePull", "gone/store:1: not found")),
                        Map.of("gone/store:1", "new/store:1"))
                .get(0);

        assertThat(finding.id()).isEqualTo("pod.image-not-found");
        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.remedy()).contains("new/store:1");
    }

    @Test
    void takesAnImageWithALongerTagForAnotherOne() {
        Finding finding = ClusterFindings.ofWorkloads(
                        List.of(report("ErrImagePull", "gone/store:10: not found")),
                        Map.of("one/store:1", "new/store:1", "gone/store:", "new/store:0"))
                .get(0);

        assertThat(finding.remedy()).doesNotContain("new/store");
    }

    @Test
    void callsWhatIsStillStartingNoFault() {
        assertThat(ClusterFindings.ofWorkloads(List.of(report("ContainerCreating", "")), Map.of()))
                .extracting(Finding::severity)
                .containsExactly(Severity.NOTE);
    }

    @Test
    void findsASystemWorkloadThatIsScaledToNothing() {
        assertThat(ClusterFindings.ofSystem(List.of(report("ContainerCreating", "")), Set.of(STORE)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy())
                        .isEqualTo("kubectl -n kubeflow scale deployment store --replicas=1"));
    }

    @Test
    void findsASystemWorkloadThatWasDeleted() {
        WorkloadReport gone =
                WorkloadReport.of(STORE, new ClusterView(List.of(), List.of()), PodLogs.none(), Instant.EPOCH);

        assertThat(ClusterFindings.ofSystem(List.of(gone), Set.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo("Deployment kubeflow/store is not ready.");
                    assertThat(finding.remedy()).startsWith("Only kind brings it");
                });
    }

    @Test
    void isHealthyOnlyWhenEverythingCouldBeLookedAt() {
        assertThat(new Diagnosis(List.of(), List.of()).isHealthy()).isTrue();
        assertThat(new Diagnosis(List.of(), List.of("the nodes: no answer")).isHealthy())
                .isFalse();
    }
}
