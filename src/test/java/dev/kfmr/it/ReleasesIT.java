package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The other release sets, each from nothing on a cluster of its own. */
class ReleasesIT {
    @TempDir
    private static Path home;

    @BeforeAll
    static void start() {
        Rig.require();
        Rig.stage();
    }

    /** On stand-ins for the images: every object is taken, every workload becomes ready, and the login works. */
    @Test
    void installsTheBlogsPlatformBehindALogin() {
        Kfmr kfmr = new Kfmr("kfmr-test-release", home.resolve("multi"));
        try {
            var answer = kfmr.run(
                            "up", "--mode", "multi-user", "--pins", "src/test/resources/pins/blog-2025-07-stub.yaml")
                    .succeeded();

            assertThat(answer.error()).contains("signed in as user@example.com");
            assertThat(kfmr.kubectl("get", "pods", "-A", "-o", "jsonpath={.items[*].spec.containers[*].image}"))
                    .contains("ghcr.io/kubeflow/kfp-api-server:2.5.0")
                    .doesNotContain("gcr.io/ml-pipeline/minio", "bitnami/kubectl", "ml_metadata_store_server:1.14.0");
        } finally {
            kfmr.cleanUp();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kfp-2.17, ghcr.io/kubeflow/kfp-api-server:2.17.0",
        "blog-2025-07, docker.io/minio/minio:RELEASE.2019-08-14T20-37-41Z"
    })
    void installsTheReleaseSetFromNothing(String pins, String image) {
        Kfmr kfmr = new Kfmr("kfmr-test-release", home.resolve(pins));
        try {
            var result = kfmr.run("up", "--mode", "standalone", "--pins", pins, "-o", "json")
                    .succeeded()
                    .result();

            assertThat(result.get("release").asText()).isEqualTo(pins);
            assertThat(kfmr.kubectl(
                            "get", "pods", "-n", "kubeflow", "-o", "jsonpath={.items[*].spec.containers[*].image}"))
                    .contains(image)
                    .doesNotContain("ml_metadata_store_server:1.14.0");
        } finally {
            kfmr.cleanUp();
        }
    }
}
