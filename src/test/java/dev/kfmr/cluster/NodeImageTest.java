package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.engine.EngineKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeImageTest {
    @ParameterizedTest
    @CsvSource({
        "kindest/node:v1.34.3, kindest/node:v1.34.3",
        "kindest/node:v1.34.3@sha256:c48c, kindest/node@sha256:c48c",
        "kindest/node@sha256:c48c, kindest/node@sha256:c48c",
        "localhost:5000/node:v1@sha256:c48c, localhost:5000/node@sha256:c48c",
        "localhost:5000/node@sha256:c48c, localhost:5000/node@sha256:c48c",
    })
    void asksByDigestAloneWhereThereIsOne(String given, String asked) {
        assertThat(NodeImage.nameFor(EngineKind.DOCKER, given)).isEqualTo(asked);
    }

    /** Debian's Podman has no registry to try for a name without one, and refuses it. */
    @ParameterizedTest
    @CsvSource({
        "kindest/node:v1.34.3, docker.io/kindest/node:v1.34.3",
        "kindest/node:v1.34.3@sha256:c48c, docker.io/kindest/node@sha256:c48c",
        "localhost:5000/node:v1@sha256:c48c, localhost:5000/node@sha256:c48c",
        "localhost/node:v1, localhost/node:v1",
    })
    void asksPodmanByTheWholeName(String given, String asked) {
        assertThat(NodeImage.nameFor(EngineKind.PODMAN, given)).isEqualTo(asked);
    }
}
