package dev.kfmr.doctor;

import static dev.kfmr.doctor.DoctorObjects.JUST_NOW;
import static dev.kfmr.doctor.DoctorObjects.LONG_AGO;
import static dev.kfmr.doctor.DoctorObjects.NOW;
import static dev.kfmr.doctor.DoctorObjects.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kfmr.check.Severity;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundationFaultsTest {
    private static Node node(String ready, String diskPressure) {
        return object(
                Node.class,
                """
                apiVersion: v1
                kind: Node
                metadata: {name: kfmr-control-plane}
                status:
                  conditions:
                    - {type: Ready, status: "%s", reason: KubeletReady, message: said the kubelet}
                    - {type: DiskPressure, status: "%s", reason: KubeletHasDiskPressure, message: little is free}
                """
                        .formatted(ready, diskPressure));
    }

    private static StorageClass storageClass(boolean isDefault) {
        return object(
                StorageClass.class,
                """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "%s"}}
                """
                        .formatted(isDefault));
    }

    /** @param more of its metadata and specification */
    private static PersistentVolumeClaim claim(String created, String annotations, String spec) {
        return object(
                PersistentVolumeClaim.class,
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data, namespace: kubeflow, creationTimestamp: "%s", annotations: {%s}}
                spec: {%s}
                status: {phase: Pending}
                """
                        .formatted(created, annotations, spec));
    }

    private static Namespace terminating(String since) {
        return object(
                Namespace.class,
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: stuck, deletionTimestamp: "%s"}
                status:
                  phase: Terminating
                  conditions:
                    - {type: NamespaceContentRemaining, status: "True", message: "Some resources are remaining: configmaps. has 1 resource instances"}
                    - {type: NamespaceFinalizersRemaining, status: "True", message: "Some content in the namespace has finalizers remaining: a.b/c in 1 resource instances"}
                    - {type: NamespaceDeletionDiscoveryFailure, status: "False", message: All resources successfully discovered}
                """
                        .formatted(since));
    }

    @Test
    void findsNothingWrongWithAReadyNode() {
        assertThat(FoundationFaults.ofNodes(List.of(node("True", "False")), "podman"))
                .isEmpty();
    }

    @Test
    void findsANodeThatIsNotReadyAndOneUnderPressure() {
        assertThat(FoundationFaults.ofNodes(List.of(node("Unknown", "True")), "podman"))
                .extracting(
                        fault -> fault.finding().id(), fault -> fault.finding().evidence())
                .containsExactly(
                        tuple("node.not-ready", "KubeletReady: said the kubelet"),
                        tuple("node.pressure", "KubeletHasDiskPressure: little is free"));
    }

    @Test
    void namesTheProgramOfTheEngineThatIsInUse() {
        assertThat(FoundationFaults.ofNodes(List.of(node("True", "True")), "podman"))
                .extracting(fault -> fault.finding().remedy())
                .singleElement()
                .asString()
                .endsWith("See what takes it: podman system df");
    }

    @Test
    void findsNothingWrongWithAClaimThatWaitsForItsFirstPod() {
        assertThat(FoundationFaults.ofVolumes(
                        List.of(storageClass(true)), List.of(claim(LONG_AGO, "", "storageClassName: standard")), NOW))
                .isEmpty();
    }

    @Test
    void warnsOfAMissingDefaultClassAndFailsOnlyWhenAClaimWaitsForIt() {
        List<StorageClass> classes = List.of(storageClass(false));

        assertThat(FoundationFaults.ofVolumes(classes, List.of(), NOW))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.WARNING);
        assertThat(FoundationFaults.ofVolumes(classes, List.of(claim(JUST_NOW, "", "")), NOW))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().severity()).isEqualTo(Severity.FAILURE);
                    assertThat(fault.finding().evidence()).contains("standard", "kubeflow/data");
                    assertThat(fault.fixes())
                            .singleElement()
                            .satisfies(
                                    fix -> assertThat(fix.command())
                                            .isEqualTo(
                                                    "kubectl annotate --overwrite storageclass standard storageclass.kubernetes.io/is-default-class=true"));
                });
    }

    @Test
    void findsAClaimWhosePodHasANodeAndThatGotNoVolume() {
        String selected = "volume.kubernetes.io/selected-node: node";

        assertThat(FoundationFaults.ofVolumes(
                        List.of(storageClass(true)),
                        List.of(claim(LONG_AGO, selected, "storageClassName: standard")),
                        NOW))
                .extracting(
                        fault -> fault.finding().id(), fault -> fault.finding().what())
                .containsExactly(tuple("cluster.claim-pending", "The volume claim kubeflow/data got no volume."));
        assertThat(FoundationFaults.ofVolumes(
                        List.of(storageClass(true)),
                        List.of(claim(JUST_NOW, selected, "storageClassName: standard")),
                        NOW))
                .isEmpty();
    }

    @Test
    void makesAClaimAnewWhereItsClassIsThere() {
        String selected = "volume.kubernetes.io/selected-node: node";

        assertThat(FoundationFaults.ofVolumes(
                        List.of(storageClass(true)),
                        List.of(
                                claim(LONG_AGO, selected, "storageClassName: standard"),
                                claim(LONG_AGO, selected, "storageClassName: fast")),
                        NOW))
                .extracting(fault -> fault.fixes().size())
                .containsExactly(1, 0);
    }

    @Test
    void findsAClaimOfAClassThatIsNotThere() {
        assertThat(FoundationFaults.ofVolumes(
                        List.of(storageClass(true)), List.of(claim(LONG_AGO, "", "storageClassName: fast")), NOW))
                .extracting(fault -> fault.finding().evidence())
                .containsExactly("its StorageClass: fast");
    }

    @Test
    void saysWhichFinalizerKeepsANamespace() {
        assertThat(FoundationFaults.ofNamespaces(List.of(terminating(LONG_AGO)), NOW))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("cluster.namespace-terminating");
                    assertThat(fault.finding().severity()).isEqualTo(Severity.FAILURE);
                    assertThat(fault.finding().evidence())
                            .contains("a.b/c", "configmaps")
                            .doesNotContain("discovered");
                });
    }

    /** As the API server leaves it: emptied, with every condition saying that all is well. */
    @Test
    void namesTheFinalizersOfANamespaceItself() {
        Namespace held = terminating(LONG_AGO);
        held.getMetadata().setFinalizers(List.of("example.org/keep"));
        held.getStatus().getConditions().forEach(condition -> condition.setStatus("False"));

        assertThat(FoundationFaults.ofNamespaces(List.of(held), NOW))
                .extracting(fault -> fault.finding().evidence())
                .containsExactly("its own finalizers: example.org/keep");
    }

    @Test
    void callsANamespaceThatJustGoesNoFault() {
        assertThat(FoundationFaults.ofNamespaces(List.of(terminating(JUST_NOW)), NOW))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.NOTE);
    }
}
