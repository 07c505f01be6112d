package dev.kfmr.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolVersionTest {
    @Test
    void readsWhatKindAndKustomizePrint() {
        assertThat(ToolVersion.firstIn("kind v0.32.0 go1.25.1 linux/amd64")).hasValue(new ToolVersion(0, 32, 0));
        assertThat(ToolVersion.firstIn("v5.7.1\n")).hasValue(new ToolVersion(5, 7, 1));
        assertThat(ToolVersion.firstIn("(devel)")).isEmpty();
    }

    @Test
    void comparesNumbersNotLetters() {
        assertThat(new ToolVersion(0, 9, 0)).isLessThan(new ToolVersion(0, 30, 0));
    }
}
