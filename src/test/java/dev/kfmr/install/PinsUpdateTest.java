package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Directories;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinsUpdateTest {
    @TempDir
    private Path home;

    @Test
    void refusesAnUnknownModeBeforeAnySourceIsAsked() {
        Directories directories = new Directories(home, home.resolve("cache"), home.resolve("config"));
        PinsUpdate update = new PinsUpdate(
                new Surroundings(directories, Map.of(), Optional.empty(), Optional.empty(), Progress.silent()));

        assertThatThrownBy(() -> update.look("standalon", "26.03", Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("profile.unknown"));
    }
}
