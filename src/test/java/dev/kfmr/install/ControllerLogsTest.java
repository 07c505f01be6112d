package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.KfmrException;
import dev.kfmr.doctor.WorkloadFinding;
import dev.kfmr.install.ComponentReadiness.Item;
import dev.kfmr.profile.Gate;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControllerLogsTest {
    private static final Rendered RENDERED = new Rendered(List.of(
            Components.component(
                    "profiles",
                    List.of(),
                    List.of(),
                    Map.of(),
                    """
                    {apiVersion: apps/v1, kind: Deployment, metadata: {name: profiles-deployment, namespace: kubeflow}}
                    """),
            Components.component(
                    "user-namespace",
                    List.of("profiles"),
                    List.of(new Gate(Gate.Kind.NAMESPACE, "user", "")),
                    Map.of(),
                    "")));

    /** @param state of the container manager; kfam crashes */
    private static ClusterView view(String state) {
        return new ClusterView(
                List.of(
                        object(
                                """
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: {name: profiles-deployment, namespace: kubeflow, uid: d}
                                spec: {selector: {matchLabels: {app: profiles}}}
                                """),
                        object(
                                """
                                apiVersion: apps/v1
                                kind: ReplicaSet
                                metadata: {name: profiles-1, namespace: kubeflow, uid: r, ownerReferences: [{uid: d, controller: true}]}
                                """),
                        object(
                                """
                                apiVersion: v1
                                kind: Pod
                                metadata: {name: profiles-1-a, namespace: kubeflow, uid: p, ownerReferences: [{uid: r, controller: true}]}
                                status:
                                  containerStatuses:
                                    - {name: kfam, state: {waiting: {reason: CrashLoopBackOff}}}
                                    - {name: manager, state: {%s}}
                                """
                                        .formatted(state))),
                List.of());
    }

    private static HasMetadata object(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml);
    }

    private static final PodLogs LOGS = new PodLogs() {
        @Override
        public Optional<String> ofLastRun(Pod pod, String container) {
            return Optional.empty();
        }

        @Override
        public Optional<String> ofPresentRun(Pod pod, String container) {
            return Optional.of(IntStream.rangeClosed(1, 9)
                    .mapToObj(number -> "line " + number)
                    .collect(Collectors.joining("\n")));
        }
    };

    private static KfmrException error(Item gate, ClusterView view) {
        List<ComponentReadiness> components = List.of(
                new ComponentReadiness(
                        "profiles", true, List.of(Item.ready("Deployment kubeflow/profiles-deployment"))),
                new ComponentReadiness("user-namespace", true, List.of(gate, Item.waiting("other", "other: waits"))));
        return NotReady.error(
                new ControllerLogs(RENDERED, LOGS).beside(components, view),
                new WorkloadFinding(Map.of()),
                "after 60 s");
    }

    @Test
    void standBesideANamespaceThatDoesNotCome() {
        KfmrException error = error(
                Item.waiting("user", "Namespace user is not there yet; its Profile says Failed: why"),
                view("running: {}"));

        assertThat(error.why())
                .isEqualTo(
                        """
                        user: Namespace user is not there yet; its Profile says Failed: why
                            profiles-1-a manager: line 5
                            profiles-1-a manager: line 6
                            profiles-1-a manager: line 7
                            profiles-1-a manager: line 8
                            profiles-1-a manager: line 9
                        other: other: waits""");
        assertThat(error.remedy()).contains("kfmr logs profiles");
    }

    @Test
    void areNotThoseOfAContainerThatDoesNotRun() {
        assertThat(error(Item.waiting("user", "Namespace user is not there yet"), view("waiting: {}"))
                        .why())
                .doesNotContain("line");
    }

    @Test
    void areLeftOutWhereTheGateHolds() {
        assertThat(error(Item.ready("user"), view("running: {}")).why()).isEqualTo("other: other: waits");
    }
}
