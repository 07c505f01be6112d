package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"kfmr", "next", "kfp-2.17", "a--b", "7", "a123456789b123456789c123456789d123456789e12345678"})
    void allowsWhatKindAndHostNamesAllow(String name) {
        assertThat(EnvironmentName.isAllowed(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../..",
                "a/b",
                "/",
                "A",
                "a_b",
                "-a",
                "a-",
                "a..b",
                "a b",
                "a\n",
                "a123456789b123456789c123456789d123456789e123456789"
            })
    void refusesTheRest(String name) {
        assertThat(EnvironmentName.isAllowed(name)).isFalse();
    }

    /** {@code kfmr down} deletes that folder. */
    @Test
    void noNameLeadsOutOfTheStateFolder() {
        Directories directories = Directories.of(Map.of("XDG_STATE_HOME", "/s"), Path.of("/home/me"));

        assertThatThrownBy(() -> directories.environment("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> directories.environment("..")).isInstanceOf(IllegalArgumentException.class);
    }
}
