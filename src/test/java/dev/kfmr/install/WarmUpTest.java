package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void looksAtAClusterThatIsNotThereWithoutAnError() {
        assertThatCode(WarmUp::run).doesNotThrowAnyException();
    }
}
