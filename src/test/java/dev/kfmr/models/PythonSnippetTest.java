package dev.kfmr.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonSnippetTest {
    private final PythonSnippet snippet = PythonSnippet.of(
            "team",
            Planner.plan(
                    new ProfileLibrary().load("standalone"),
                    new PinsLibrary().load("26.03"),
                    new PlanOptions(Set.of(), Set.of(), Map.of())),
            Map.of());

    @Test
    void knowsBothAddressesOfBothPrograms() {
        assertThat(snippet.inCluster()).isEqualTo("http://model-registry-service.kubeflow.svc.cluster.local:8080");
        assertThat(snippet.registry()).isEqualTo("http://localhost:8082");
        assertThat(snippet.pipelinesInCluster()).isEqualTo("http://ml-pipeline.kubeflow.svc.cluster.local:8888");
        assertThat(snippet.pipelines()).isEqualTo("http://localhost:8080");
    }

    @Test
    void behindALoginItAsksForTheGatewaysToken() {
        PythonSnippet behindALogin = PythonSnippet.of(
                "team",
                Planner.plan(
                        new ProfileLibrary().load("multi-user"), new PinsLibrary().load("26.03"), PlanOptions.none()),
                Map.of());

        assertThat(behindALogin.python())
                .contains(
                        "\"access\", \"token\", \"--name\", \"team\"]",
                        "ModelRegistry(\"http://localhost\", 8080,",
                        "localhost:8080/pipeline\"",
                        "list_pipelines(page_size=20, namespace=\"kubeflow-user-example-com\")")
                .contains("http://model-registry-service.kubeflow-user-example-com.svc.cluster.local:8080")
                .doesNotContain("{", "}");
    }

    @Test
    void isAProgramWithNothingLeftToFillIn() {
        assertThat(snippet.python())
                .contains("ModelRegistry(\"http://localhost\", 8082,", "Client(host=\"http://localhost:8080\")")
                .doesNotContain("{", "}");
    }

    @Test
    void usesThePortThatAForwardReallyHas() {
        PythonSnippet moved = PythonSnippet.of(
                "team",
                Planner.plan(
                        new ProfileLibrary().load("standalone"), new PinsLibrary().load("26.03"), PlanOptions.none()),
                Map.of("registry", 8083));

        assertThat(moved.python())
                .contains("ModelRegistry(\"http://localhost\", 8083,", "Client(host=\"http://localhost:8080\")");
    }

    @ParameterizedTest
    @CsvSource({
        "26.03, kfp==2.16.1 model-registry==0.3.8",
        "kfp-2.17, kfp==2.17.0 model-registry==0.3.8",
        "blog-2025-07, kfp==2.5.0 model-registry==0.3.8",
    })
    void namesTheClientsThatFitTheRelease(String release, String packages) {
        PythonSnippet ofRelease = PythonSnippet.of(
                "team",
                Planner.plan(
                        new ProfileLibrary().load("standalone"), new PinsLibrary().load(release), PlanOptions.none()),
                Map.of());

        assertThat(ofRelease.python()).contains("#   pip install " + packages + "\n");
    }
}
