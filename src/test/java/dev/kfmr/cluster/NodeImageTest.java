package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(NodeImage.withoutTagBeforeDigest(given)).isEqualTo(asked);
    }
}
