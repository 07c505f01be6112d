package dev.kfmr.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainersTest {
    @Test
    void namesImagesThatAContainerStartsOthersFrom() {
        Containers.Container container = container(Map.of(
                "image", "quay.io/argoproj/workflow-controller:v3.7.3",
                "args", List.of("--executor-image", "quay.io/argoproj/argoexec:v3.7.3", "--solver=quay.io/a/b:v1"),
                "env",
                        List.of(
                                Map.of("name", "V2_DRIVER_IMAGE", "value", "ghcr.io/kubeflow/kfp-driver:2.16.1"),
                                Map.of("name", "POD", "valueFrom", Map.of()))));

        assertThat(container.launchedImages())
                .containsExactly(
                        "ghcr.io/kubeflow/kfp-driver:2.16.1", "quay.io/argoproj/argoexec:v3.7.3", "quay.io/a/b:v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio-service.kubeflow:9000",
                "http://ml-pipeline.kubeflow.svc:8888/apis:1",
                "kubeflow/kfp-driver:2.16.1",
                "/etc/config/a.yaml",
                "ghcr.io/kubeflow/kfp-driver",
            })
    void takesNothingElseForAnImage(String value) {
        Containers.Container container =
                container(Map.of("image", "a", "env", List.of(Map.of("name", "X", "value", value))));

        assertThat(container.launchedImages()).isEmpty();
    }

    private static Containers.Container container(Map<String, Object> content) {
        return new Containers.Container("/spec/containers/0", false, content);
    }
}
