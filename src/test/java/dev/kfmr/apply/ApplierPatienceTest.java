package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An API server that does not answer is given a moment, not the whole time: it may be gone for good. */
class ApplierPatienceTest {
    private static final List<Manifest> OBJECTS =
            YamlDocuments.parse("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: kubeflow}}", "test")
                    .stream()
                    .map(Manifest::of)
                    .toList();

    private final InMemoryObjects cluster = new InMemoryObjects();

    private static KubernetesClientException noConnection() {
        return new KubernetesClientException("Operation failed", new ConnectException("Connection refused"));
    }

    @Test
    void endsLongBeforeTheDeadlineWhenNothingAnswers() {
        cluster.refuseApplies(Integer.MAX_VALUE, ApplierPatienceTest::noConnection);
        Deadline deadline = Deadline.in(Duration.ofMinutes(30));

        try (Applier applier = new Applier(cluster, Set.of(), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> applier.apply("pipelines", OBJECTS, deadline))
                    .isInstanceOfSatisfying(KfmrException.class, e -> {
                        assertThat(e.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
                        assertThat(e.why()).contains("Connection refused");
                    });
        }
        assertThat(deadline.passed()).isFalse();
    }

    @Test
    void goesOnWhenTheApiServerIsBack() {
        cluster.refuseApplies(2, ApplierPatienceTest::noConnection);

        try (Applier applier = new Applier(cluster)) {
            assertThat(applier.apply("pipelines", OBJECTS, Deadline.in(Duration.ofSeconds(10))))
                    .hasSize(1);
            assertThat(applier.sent().values()).containsExactly(3);
        }
    }
}
