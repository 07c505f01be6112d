package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a cluster in the test that refuses what it is told to. */
class ApplierTest {
    private final FakeCluster cluster = new FakeCluster();
    private final Applier applier = new Applier(cluster);
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(10));

    @AfterEach
    void close() {
        applier.close();
    }

    private static Manifest configMap(String name) {
        return Manifest.of(Map.of(
                "apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", name, "namespace", "kubeflow")));
    }

    private static final Manifest NAMESPACE =
            Manifest.of(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "kubeflow")));

    private static KubernetesClientException refusal(int code, String message) {
        Status status = new StatusBuilder()
                .withCode(code)
                .withMessage(message)
                .withReason("test")
                .build();
        return new KubernetesClientException(message, code, status);
    }

    @Test
    void appliesNamespacesBeforeEverythingElse() {
        applier.apply("pipelines", List.of(configMap("a"), NAMESPACE, configMap("b")), deadline);

        assertThat(cluster.applied.get(0)).isEqualTo("Namespace kubeflow");
        assertThat(cluster.applied)
                .containsExactlyInAnyOrder("Namespace kubeflow", "ConfigMap kubeflow/a", "ConfigMap kubeflow/b");
    }

    @Test
    void sendsAgainWhatIsRefusedForAReasonThatPasses() {
        cluster.refusals.add(refusal(500, "failed calling webhook \"x\": connection refused"));

        applier.apply("pipelines", List.of(configMap("a")), deadline);

        assertThat(applier.sent().values()).containsExactly(2);
        assertThat(cluster.applied).containsExactly("ConfigMap kubeflow/a");
    }

    @Test
    void endsAtOnceWhenAnObjectIsInvalid() {
        cluster.refusals.add(refusal(422, "spec.replicas: Invalid value: \"x\""));

        assertThatThrownBy(() -> applier.apply("pipelines", List.of(configMap("a")), deadline))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("apply.refused");
                    assertThat(e.what() + e.why()).contains("ConfigMap kubeflow/a", "spec.replicas");
                });
        assertThat(applier.sent().values()).containsExactly(1);
    }

    @Test
    void givesUpAtTheDeadlineAndSaysWhy() {
        for (int i = 0; i < 50; i++) {
            cluster.refusals.add(refusal(503, "the server is currently unable to handle the request"));
        }

        assertThatThrownBy(
                        () -> applier.apply("pipelines", List.of(configMap("a")), Deadline.in(Duration.ofMillis(500))))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.what() + e.why()).contains("ConfigMap kubeflow/a"));
    }

    /** Takes everything, but first throws what it was given to throw. */
    private static final class FakeCluster implements ClusterObjects {
        private final Deque<KubernetesClientException> refusals = new ArrayDeque<>();
        private final List<String> applied = new ArrayList<>();

        @Override
        public void learn(Manifest customResourceDefinition) {}

        @Override
        public Optional<ObjectRef> resolve(Manifest manifest) {
            return Optional.of(ObjectRef.of(manifest));
        }

        @Override
        public synchronized Applied apply(ObjectRef ref, Map<String, Object> content) {
            KubernetesClientException refusal = refusals.poll();
            if (refusal != null) {
                throw refusal;
            }
            applied.add(ref.id());
            return new Applied(ref, "uid", 1, "1");
        }

        @Override
        public GenericKubernetesResource dryRun(ObjectRef ref, Map<String, Object> content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<GenericKubernetesResource> get(ObjectRef ref) {
            GenericKubernetesResource object = new GenericKubernetesResource();
            object.setApiVersion(ref.apiVersion());
            object.setKind(ref.kind());
            object.setAdditionalProperty("status", Map.of("phase", "Active"));
            return Optional.of(object);
        }

        @Override
        public boolean delete(ObjectRef ref) {
            return true;
        }

        @Override
        public long revision() {
            return 1;
        }
    }
}
