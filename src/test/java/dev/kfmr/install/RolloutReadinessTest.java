package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ClusterObjects.Applied;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.HandClock;
import dev.kfmr.profile.Gate;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutReadinessTest {
    private static final ObjectRef MYSQL = ObjectRef.parse("apps/v1/Deployment/kubeflow/mysql");
    private static final ObjectRef ISSUER = ObjectRef.parse("cert-manager.io/v1/Issuer/kubeflow/own");
    private static final Gate GATE = new Gate(Gate.Kind.SECRET, "s", "kubeflow");
    private static final String OBJECTS =
            """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: mysql, namespace: kubeflow}, spec: {template: {spec: {containers: [{name: main, image: "mysql:1"}]}}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: mysql, namespace: kubeflow}}
            ---
            {apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {name: own, namespace: kubeflow}}
            """;

    private final HandClock clock = new HandClock("2026-01-01T00:00:00Z");
    private final Map<ObjectRef, HasMetadata> live = new HashMap<>();
    private final Rendered rendered =
            new Rendered(List.of(Components.component("pipelines", List.of(), List.of(GATE), Map.of(), OBJECTS)));
    private final RolloutObjects objects = new RolloutObjects(rendered);
    private final RolloutReadiness readiness = new RolloutReadiness(
            rendered,
            objects,
            new OtherObjects(ref -> Optional.ofNullable(live.get(ref)), clock),
            PodLogs.none(),
            clock);

    private static HasMetadata object(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml);
    }

    private static ClusterView readyMysql(String resourceVersion) {
        return new ClusterView(
                List.of(object(
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: mysql, namespace: kubeflow, uid: m, resourceVersion: "%s"}
                        spec: {replicas: 1}
                        status: {replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1}
                        """
                                .formatted(resourceVersion))),
                List.of());
    }

    private ComponentReadiness judge(ClusterView view) {
        return readiness.judge(view).get(0);
    }

    private void allElseIsReady() {
        readiness.gate(GATE, "");
        live.put(
                ISSUER,
                object(
                        """
                        apiVersion: cert-manager.io/v1
                        kind: Issuer
                        metadata: {name: own, namespace: kubeflow}
                        status: {conditions: [{type: Ready, status: "True"}]}
                        """));
    }

    @Test
    void isNotReadyBeforeItIsApplied() {
        allElseIsReady();

        assertThat(judge(readyMysql("7")).isReady()).isFalse();
        assertThat(judge(readyMysql("7")).state().waitingFor()).containsExactly("not applied yet");
    }

    @Test
    void isReadyWhenWorkloadsOthersAndGatesAre() {
        objects.applied("pipelines", List.of(new Applied(MYSQL, "m", 1, "7")));
        allElseIsReady();

        assertThat(judge(readyMysql("7")).isReady()).isTrue();
        assertThat(judge(readyMysql("7")).state().total()).isEqualTo(3);
    }

    @Test
    void doesNotBelieveAViewFromBeforeTheLastChange() {
        objects.applied("pipelines", List.of(new Applied(MYSQL, "m", 2, "8")));
        allElseIsReady();

        assertThat(judge(readyMysql("7")).state().waitingFor()).containsExactly("mysql: just changed");
    }

    @Test
    void namesAWorkloadThatIsNotThere() {
        objects.applied("pipelines", List.of(new Applied(MYSQL, "m", 1, "7")));
        allElseIsReady();

        assertThat(judge(new ClusterView(List.of(), List.of())).state().waitingFor())
                .containsExactly("mysql: is not in the cluster yet");
    }

    @Test
    void waitsForGates() {
        objects.applied("pipelines", List.of());
        allElseIsReady();
        readiness.gate(GATE, "Secret kubeflow/s is not there yet");

        assertThat(judge(readyMysql("7")).state().waitingFor()).containsExactly("Secret kubeflow/s is not there yet");
    }

    @Test
    void asksForAnotherObjectNowAndThenUntilItIsReady() {
        objects.applied("pipelines", List.of());
        readiness.gate(GATE, "");
        assertThat(judge(readyMysql("7")).isReady()).isFalse();
        allElseIsReady();
        assertThat(judge(readyMysql("7")).isReady()).isFalse();

        clock.advance(Duration.ofMillis(1001));
        assertThat(judge(readyMysql("7")).isReady()).isTrue();
    }

    @Test
    void returnsWhatMustBeAppliedAgainAfterAnImageChanged() {
        objects.applied("pipelines", List.of());

        Map<String, List<Manifest>> again =
                objects.change(manifest -> ContainerImage.replace(manifest, "mysql:1", "mysql:2"));

        assertThat(again).containsOnlyKeys("pipelines");
        assertThat(again.get("pipelines")).singleElement().satisfies(manifest -> assertThat(ContainerImage.of(manifest))
                .containsExactly(new ContainerImage("main", "mysql:2")));
        assertThat(objects.all()).hasSize(3);
    }

    @Test
    void leavesToItsOwnTurnWhatIsNotAppliedYet() {
        assertThat(objects.change(manifest -> ContainerImage.replace(manifest, "mysql:1", "mysql:2")))
                .isEmpty();
        assertThat(ContainerImage.of(objects.of("pipelines").get(0)))
                .containsExactly(new ContainerImage("main", "mysql:2"));
    }
}
