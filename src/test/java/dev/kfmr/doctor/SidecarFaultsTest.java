package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Severity;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarFaultsTest {
    private static final Pod WITH = pod("with", "", "containers: [{name: main}, {name: istio-proxy}]", "Running");

    private static Pod pod(String name, String metadata, String spec, String phase) {
        return DoctorObjects.object(
                Pod.class,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: kubeflow, ownerReferences: [{kind: ReplicaSet, name: r}]%s}
                spec: {%s}
                status: {phase: %s}
                """
                        .formatted(name, metadata.isEmpty() ? "" : ", " + metadata, spec, phase));
    }

    private static Pod without(String metadata, String phase) {
        return pod("without", metadata, "containers: [{name: main}]", phase);
    }

    private static List<Fault> faults(Pod... pods) {
        return SidecarFaults.of(Stream.of(pods).toList(), DoctorObjects.LONG_STARTED);
    }

    @Test
    void findsNothingWrongWithPodsThatHaveOne() {
        assertThat(faults(
                        WITH,
                        pod(
                                "native",
                                "",
                                "containers: [{name: main}], initContainers: [{name: istio-proxy}]",
                                "Running")))
                .isEmpty();
    }

    @Test
    void findsAPodBesideOthersThatHaveOne() {
        assertThat(faults(WITH, without("", "Running"))).singleElement().satisfies(fault -> {
            assertThat(fault.finding().severity()).isEqualTo(Severity.FAILURE);
            assertThat(fault.finding().what())
                    .isEqualTo("In the namespace kubeflow pods have no Istio sidecar: without.");
            assertThat(fault.fixes())
                    .extracting(Fix::command)
                    .containsExactly("kubectl -n kubeflow delete pod without");
        });
    }

    @Test
    void onlyNotesAMeshWithoutAnySidecar() {
        assertThat(faults(without("", "Running"))).singleElement().satisfies(fault -> {
            assertThat(fault.finding().severity()).isEqualTo(Severity.NOTE);
            assertThat(fault.fixes()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels: {sidecar.istio.io/inject: \"false\"}",
                "annotations: {sidecar.istio.io/inject: \"false\"}",
                "deletionTimestamp: \"2026-11-28T11:59:30Z\""
            })
    void asksNoneOfAPodThatIsExemptOrGoes(String metadata) {
        assertThat(faults(WITH, without(metadata, "Running"))).isEmpty();
    }

    @Test
    void asksNoneOfAPodThatIsDoneOrHasTheNodesNetwork() {
        assertThat(faults(
                        WITH,
                        without("", "Succeeded"),
                        pod("host", "", "hostNetwork: true, containers: []", "Running")))
                .isEmpty();
    }
}
