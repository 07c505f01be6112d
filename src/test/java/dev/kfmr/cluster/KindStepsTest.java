package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Resource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KindStepsTest {
    @Test
    void tellsEachStepOnceAsItBegins() {
        assertThat(Resource.text(KindStepsTest.class, "kind-create.stderr")
                        .lines()
                        .map(KindSteps::step)
                        .flatMap(Optional::stream))
                .containsExactly(
                        "kind: Ensuring node image (kindest/node:v1.34.3)",
                        "kind: Preparing nodes",
                        "kind: Writing configuration",
                        "kind: Starting control-plane",
                        "kind: Installing CNI",
                        "kind: Installing StorageClass");
    }
}
