package dev.kfmr.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.contract.KubeflowContract;
import dev.kfmr.core.KfmrException;
import dev.kfmr.pipelines.PipelinesClient;
import dev.kfmr.registry.RegistryClient;
import dev.kfmr.rest.RestClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelReaderTest {
    private KubeflowContract kubeflow;
    private ModelReader models;

    @BeforeEach
    void start() throws IOException {
        kubeflow = new KubeflowContract();
        models = new ModelReader(
                new RegistryClient(RestClient.of("The Model Registry", kubeflow.registryApi())),
                new LineageReader(
                        () -> new PipelinesClient(RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi())),
                        Optional.of("http://localhost:8080/#/runs/details/{run}")));
    }

    @AfterEach
    void stop() {
        kubeflow.close();
    }

    @Test
    void listsVersionsTheNewestFirst() {
        kubeflow.register("fraud", "v1", "s3://b/1", Map.of());
        kubeflow.register("fraud", "v2", "s3://b/2", Map.of());
        kubeflow.register("churn", "v1", "s3://b/3", Map.of());

        assertThat(models.list())
                .extracting(summary -> summary.model().name() + " " + summary.versions())
                .containsExactly("fraud [v2, v1]", "churn [v1]");
    }

    @Test
    void aRunThatIsGoneIsSaidToBeAndItsPageIsToldNevertheless() {
        kubeflow.register("fraud", "v1", "s3://b/1", Map.of("modelSourceKind", "kfp", "modelSourceId", "run-7"));

        Lineage lineage =
                models.show("fraud").versions().get(0).artifacts().get(0).lineage();

        assertThat(lineage.runPage()).isEqualTo("http://localhost:8080/#/runs/details/run-7");
        assertThat(lineage.note()).isEqualTo("the run is not there any more");
    }

    @Test
    void whatNoRunMadeHasNoPage() {
        kubeflow.register("fraud", "v1", "s3://b/1", Map.of("modelSourceKind", "transfer_job", "modelSourceId", "7"));

        Lineage lineage =
                models.show("fraud").versions().get(0).artifacts().get(0).lineage();

        assertThat(lineage.runPage()).isEmpty();
        assertThat(kubeflow.requests()).noneMatch(request -> request.contains("runs"));
    }

    @Test
    void namesTheNearestOfWhatIsRegistered() {
        kubeflow.register("fraud", "v1", "s3://b/1", Map.of());

        assertThatThrownBy(() -> models.show("frau")).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("model.unknown");
            assertThat(e.what()).contains("fraud");
        });
    }
}
