package dev.kfmr.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.contract.KubeflowContract;
import dev.kfmr.core.KfmrException;
import dev.kfmr.rest.RestClient;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the answers that were recorded from the real registry. */
class RegistryClientTest {
    private KubeflowContract kubeflow;
    private RegistryClient client;

    @BeforeEach
    void start() throws IOException {
        kubeflow = new KubeflowContract();
        client = new RegistryClient(RestClient.of("Model Registry", kubeflow.registryApi()));
    }

    @AfterEach
    void stop() {
        kubeflow.close();
    }

    @Test
    void anEmptyRegistryHasNoModels() {
        assertThat(client.models()).isEmpty();
        assertThat(client.model("nope")).isEmpty();
    }

    @Test
    void readsAllPages() {
        for (int i = 0; i < 5; i++) {
            kubeflow.register("model-" + i, "v1", "s3://b/" + i, Map.of());
        }

        assertThat(client.models())
                .extracting(RegisteredModel::name)
                .containsExactly("model-0", "model-1", "model-2", "model-3", "model-4");
    }

    @Test
    void readsAModelWithItsVersionsArtifactsAndSource() {
        kubeflow.register("Grüße-日本-🙂", "v1", "s3://b/k", Map.of("modelSourceKind", "kfp", "modelSourceId", "run-1"));

        RegisteredModel model = client.model("Grüße-日本-🙂").orElseThrow();
        ModelVersion version = client.versions(model).get(0);
        ModelArtifact artifact = client.artifacts(version).get(0);

        assertThat(model.changed()).contains(Instant.ofEpochMilli(1795519131206L));
        assertThat(version.name()).isEqualTo("v1");
        assertThat(artifact.uri()).isEqualTo("s3://b/k");
        assertThat(artifact.source()).isEqualTo(new ModelSource("kfp", "", "", "run-1", ""));
        assertThat(artifact.source().isPipelineRun()).isTrue();
    }

    @Test
    void archivesAModel() {
        kubeflow.register("m", "v1", "s3://b/k", Map.of());

        client.archive(client.model("m").orElseThrow());

        assertThat(client.model("m").orElseThrow().isArchived()).isTrue();
    }

    @Test
    void anAnswerThatIsNoJsonIsARefusal() {
        RegistryClient elsewhere =
                new RegistryClient(RestClient.of("Model Registry", URI.create(kubeflow.registryApi() + "/nowhere")));

        assertThatThrownBy(elsewhere::models).isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.why())
                .contains("404 page not found"));
    }
}
