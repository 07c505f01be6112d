package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PruneTest {
    private final InMemoryObjects cluster = new InMemoryObjects();
    private final Prune prune = new Prune(cluster);
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(5));

    private void inCluster(ObjectRef ref, String label) {
        cluster.put(
                """
                apiVersion: %s
                kind: %s
                metadata: {name: "%s", namespace: "%s", labels: {applyset.kubernetes.io/part-of: "%s"}}
                """
                        .formatted(ref.apiVersion(), ref.kind(), ref.name(), ref.namespace(), label));
    }

    private List<ObjectRef> ours(String... texts) {
        List<ObjectRef> refs = Stream.of(texts).map(ObjectRef::parse).toList();
        refs.forEach(ref -> inCluster(ref, ApplySet.ID));
        return refs;
    }

    @Test
    void deletesCustomResourcesFirstAndNamespacesLast() {
        List<ObjectRef> gone = ours(
                "/v1/Namespace//kubeflow",
                "apiextensions.k8s.io/v1/CustomResourceDefinition//viewers.kubeflow.org",
                "apps/v1/Deployment/kubeflow/viewer",
                "kubeflow.org/v1/Viewer/kubeflow/mine");

        prune.run(Map.of("pipelines", gone), Set.of(), deadline);

        assertThat(cluster.deleted())
                .containsExactly(
                        "Viewer kubeflow/mine",
                        "Deployment kubeflow/viewer",
                        "CustomResourceDefinition viewers.kubeflow.org",
                        "Namespace kubeflow");
    }

    @Test
    void leavesWhatIsNotMarkedAsOurs() {
        ObjectRef foreign = ObjectRef.parse("/v1/ConfigMap/kubeflow/theirs");
        inCluster(foreign, "applyset-of-another-tool");

        Prune.Result result = prune.run(Map.of("pipelines", List.of(foreign)), Set.of(), deadline);

        assertThat(result.kept()).containsExactly(foreign);
        assertThat(cluster.deleted()).isEmpty();
    }

    @Test
    void keepsAVolumeClaimWhoseComponentStays() {
        List<ObjectRef> claim = ours("/v1/PersistentVolumeClaim/kubeflow/mysql-pv-claim");

        Prune.Result result = prune.run(Map.of("pipelines", claim), Set.of("pipelines"), deadline);

        assertThat(result.kept()).isEqualTo(claim);
        assertThat(cluster.deleted()).isEmpty();
    }

    @Test
    void deletesAVolumeClaimWithItsWholeComponent() {
        List<ObjectRef> claim = ours("/v1/PersistentVolumeClaim/kubeflow/metadata-mysql");

        prune.run(Map.of("model-registry", claim), Set.of("pipelines"), deadline);

        assertThat(cluster.deleted()).containsExactly("PersistentVolumeClaim kubeflow/metadata-mysql");
    }

    @Test
    void takesWhatIsGoneAlreadyForDeleted() {
        ObjectRef gone = ObjectRef.parse("apps/v1/Deployment/kubeflow/viewer");

        Prune.Result result = prune.run(Map.of("pipelines", List.of(gone)), Set.of(), deadline);

        assertThat(result.deleted()).containsExactly(gone);
        assertThat(result.kept()).isEmpty();
    }
}
