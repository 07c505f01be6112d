package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata store that ends with exit code 139: healed when it is the image, left alone when it is MySQL. */
class StoreIT {
    private static final String STORE = "gcr.io/tfx-oss-public/ml_metadata_store_server";

    @TempDir
    private Path home;

    private Kfmr kfmr;

    @BeforeAll
    static void need() {
        Rig.require();
    }

    @BeforeEach
    void start() {
        kfmr = new Kfmr("kfmr-test-store", home);
    }

    @AfterEach
    void cleanUp() {
        kfmr.cleanUp();
        Rig.stage();
    }

    @Test
    void takesTheNextImageWhenTheStoreCrashesAndKeepsTheChoice() {
        Rig.stage("-crash", STORE + ":1.13.0=139");

        var first = kfmr.run("up", "--mode", "standalone", "-o", "json").succeeded();

        assertThat(first.output()).contains("\"healed\"", "1.12.0");
        assertThat(first.result().get("images").toString()).contains(STORE + ":1.12.0");
        assertThat(storeImage()).isEqualTo(STORE + ":1.12.0");
        var second = kfmr.run("up", "-o", "json").succeeded();
        assertThat(second.result().get("changedObjects").asInt()).isZero();
        assertThat(storeImage()).isEqualTo(STORE + ":1.12.0");
    }

    @Test
    void changesNoImageWhenMySqlIsLate() {
        Rig.stage("-delay", "mysql:8.4=40");

        var answer = kfmr.run("up", "--mode", "standalone", "-o", "json").succeeded();

        assertThat(answer.result().get("images").isEmpty()).isTrue();
        assertThat(storeImage()).isEqualTo(STORE + ":1.13.0");
    }

    private String storeImage() {
        return kfmr.kubectl(
                "get",
                "deployment",
                "-n",
                "kubeflow",
                "metadata-grpc-deployment",
                "-o",
                "jsonpath={.spec.template.spec.containers[0].image}");
    }
}
