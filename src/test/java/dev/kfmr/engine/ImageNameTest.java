package dev.kfmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
    @ParameterizedTest
    @CsvSource({
        "mysql:8.4, docker.io, library/mysql, 8.4",
        "mysql, docker.io, library/mysql, latest",
        "minio/minio:R1, docker.io, minio/minio, R1",
        "docker.io/alpine:3.23, docker.io, library/alpine, 3.23",
        "docker.io/minio/minio:R1, docker.io, minio/minio, R1",
        "ghcr.io/kubeflow/model-registry/server:v0.3.8, ghcr.io, kubeflow/model-registry/server, v0.3.8",
        "localhost/mine, localhost, mine, latest",
        "registry.test:5000/mine:1, registry.test:5000, mine, 1",
        "quay.io/a/b@sha256:00ff, quay.io, a/b, sha256:00ff",
        "quay.io/a/b:v1@sha256:00ff, quay.io, a/b, sha256:00ff",
    })
    void takesNamesApartAsDockerDoes(String text, String registry, String repository, String reference) {
        assertThat(ImageName.parse(text)).isEqualTo(new ImageName(text, registry, repository, reference));
    }

    @ParameterizedTest
    @CsvSource({"mysql:8.4, registry-1.docker.io", "ghcr.io/kubeflow/kfp-driver:2.16.1, ghcr.io"})
    void knowsTheMachineThatAnswers(String text, String host) {
        assertThat(ImageName.parse(text).host()).isEqualTo(host);
    }
}
