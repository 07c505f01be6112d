package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.HandClock;
import dev.kfmr.ready.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two workloads of the mesh, and an injector that does what the test says. */
class HealSidecarsTest {
    private static final String BARE = "containers: [{name: main}]";
    private static final String MESHED = "containers: [{name: main}, {name: istio-proxy}]";

    private final HandClock clock = new HandClock("2026-01-01T00:00:00Z");
    private final RecordedProgress progress = new RecordedProgress();
    private final List<String> deleted = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private boolean injects = true;
    private boolean answers = true;
    private boolean deletes = true;
    private int listed;

    private final HealSidecars heal = new HealSidecars(
            List.of(
                    ObjectRef.parse("apps/v1/Deployment/kubeflow/api"),
                    ObjectRef.parse("apps/v1/Deployment/kubeflow/ui"),
                    ObjectRef.parse("apps/v1/Deployment/plain/other"),
                    ObjectRef.parse("batch/v1/Job/kubeflow/setup")),
            new HealSidecars.Mesh() {
                @Override
                public Set<String> namespaces() {
                    listed++;
                    return Set.of("kubeflow");
                }

                @Override
                public boolean injects(Pod pod) {
                    asked.add(pod.getMetadata().getName());
                    if (!answers) {
                        throw new KubernetesClientException("failed calling webhook");
                    }
                    return injects;
                }
            },
            this::delete,
            progress,
            clock);

    private void delete(Pod pod) {
        if (!deletes) {
            throw new KubernetesClientException("too many requests");
        }
        deleted.add(pod.getMetadata().getName());
    }

    private static HasMetadata object(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml);
    }

    private static HasMetadata workload(String kind, String namespace, String name) {
        return object(
                """
                apiVersion: %s
                kind: %s
                metadata: {name: %s, namespace: %s, uid: %3$s}
                """
                        .formatted(kind.equals("Job") ? "batch/v1" : "apps/v1", kind, name, namespace));
    }

    private static HasMetadata pod(String owner, String name, String metadata, String spec) {
        return object(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: kubeflow, uid: %1$s, ownerReferences: [{apiVersion: v1, kind: Any, name: %s, uid: %2$s}]%s}
                spec: {%s}
                status: {phase: Running}
                """
                        .formatted(name, owner, metadata.isEmpty() ? "" : ", " + metadata, spec));
    }

    private static ClusterView view(HasMetadata... pods) {
        List<HasMetadata> all = new ArrayList<>(List.of(pods));
        all.add(workload("Deployment", "kubeflow", "api"));
        all.add(workload("Deployment", "kubeflow", "ui"));
        all.add(workload("Deployment", "plain", "other"));
        all.add(workload("Job", "kubeflow", "setup"));
        return new ClusterView(all, List.of());
    }

    @Test
    void replacesEveryPodOfAWorkloadThatCameTooEarlyAndSaysSo() {
        boolean isMended = heal.look(
                view(pod("api", "api-1", "", BARE), pod("api", "api-2", "", BARE), pod("ui", "ui-1", "", MESHED)));

        assertThat(isMended).isTrue();
        assertThat(deleted).containsExactlyInAnyOrder("api-1", "api-2");
        assertThat(progress.healed)
                .containsExactly("made the pods of api anew: they came before Istio's injector, and had no sidecar");
    }

    @Test
    void replacesThemAlsoWhereNoPodAtAllHasOneYet() {
        heal.look(view(pod("api", "api-1", "", BARE), pod("ui", "ui-1", "", BARE)));

        assertThat(deleted).containsExactly("api-1", "ui-1");
    }

    @Test
    void leavesAMeshThatInjectsNothingAndAsksItOnlyOnce() {
        injects = false;
        ClusterView view = view(pod("api", "api-1", "", BARE), pod("ui", "ui-1", "", BARE));

        assertThat(heal.look(view)).isFalse();
        assertThat(heal.look(view)).isFalse();

        assertThat(deleted).isEmpty();
        assertThat(asked).containsExactly("api-1");
    }

    @Test
    void replacesTheSameWorkloadNeverTwice() {
        heal.look(view(pod("api", "api-1", "", BARE)));

        assertThat(heal.look(view(pod("api", "api-2", "", BARE)))).isFalse();
        assertThat(deleted).containsExactly("api-1");
    }

    @Test
    void asksAgainAfterAWhileWhenThereIsNoAnswer() {
        answers = false;
        ClusterView view = view(pod("api", "api-1", "", BARE), pod("ui", "ui-1", "", BARE));
        heal.look(view);
        heal.look(view);
        assertThat(asked).containsExactly("api-1");

        answers = true;
        clock.advance(Duration.ofSeconds(2));
        heal.look(view);
        assertThat(deleted).containsExactly("api-1", "ui-1");
    }

    @Test
    void deletesLaterWhatTheApiServerRefusesToDeleteNow() {
        deletes = false;
        ClusterView view = view(pod("api", "api-1", "", BARE));
        assertThat(heal.look(view)).isFalse();
        assertThat(progress.healed).isEmpty();

        deletes = true;
        clock.advance(Duration.ofSeconds(2));
        assertThat(heal.look(view)).isTrue();
        assertThat(deleted).containsExactly("api-1");
    }

    @Test
    void asksNothingWhereEveryPodHasOne() {
        assertThat(heal.look(view(pod("api", "api-1", "", MESHED), pod("ui", "ui-1", "", MESHED))))
                .isFalse();

        assertThat(listed).isZero();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels: {sidecar.istio.io/inject: \"false\"}",
                "annotations: {sidecar.istio.io/inject: \"false\"}",
                "deletionTimestamp: \"2026-01-01T00:00:00Z\""
            })
    void leavesAPodThatIsExemptOrGoes(String metadata) {
        heal.look(view(pod("api", "api-1", metadata, BARE)));

        assertThat(asked).isEmpty();
        assertThat(deleted).isEmpty();
    }

    @Test
    void leavesPodsOfJobsWhichWouldBeginAnew() {
        heal.look(view(pod("setup", "setup-1", "", BARE)));

        assertThat(deleted).isEmpty();
    }

    @Test
    void leavesNamespacesOutsideTheMesh() {
        HasMetadata other = pod("other", "other-1", "", BARE);
        other.getMetadata().setNamespace("plain");

        heal.look(view(other));

        assertThat(asked).isEmpty();
        assertThat(deleted).isEmpty();
    }

    @Test
    void replacesAPodThatAsksForOneOutsideTheMesh() {
        HasMetadata other = pod("other", "other-1", "labels: {sidecar.istio.io/inject: \"true\"}", BARE);
        other.getMetadata().setNamespace("plain");

        heal.look(view(other));

        assertThat(deleted).containsExactly("other-1");
    }

    @Test
    void asksForASuccessorWithoutWhatBelongsToThePodAlone() {
        Pod pod = (Pod) pod(
                "api",
                "api-1",
                "resourceVersion: \"7\", labels: {app: api}, annotations: {note: kept}",
                "nodeName: node, ephemeralContainers: [{name: debug}], " + BARE);

        Pod successor = HealSidecars.successor(pod);

        assertThat(successor)
                .isEqualTo(new KubernetesSerialization()
                        .unmarshal(
                                """
                                apiVersion: v1
                                kind: Pod
                                metadata: {generateName: api-1-, namespace: kubeflow, labels: {app: api}, annotations: {note: kept}}
                                spec: {containers: [{name: main}]}
                                """,
                                Pod.class));
    }
}
