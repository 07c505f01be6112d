package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectoriesTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void followsTheXdgVariables() {
        Directories directories = Directories.of(Map.of("XDG_STATE_HOME", "/s", "XDG_CACHE_HOME", "/c"), HOME);

        assertThat(directories.environment("lab")).isEqualTo(Path.of("/s/kfmr/lab"));
        assertThat(directories.cache()).isEqualTo(Path.of("/c/kfmr"));
        assertThat(directories.configFile()).isEqualTo(Path.of("/home/ada/.config/kfmr/config.yaml"));
    }

    @Test
    void ignoresARelativeVariable() {
        assertThat(Directories.of(Map.of("XDG_STATE_HOME", "state"), HOME).state())
                .isEqualTo(Path.of("/home/ada/.local/state/kfmr"));
    }
}
