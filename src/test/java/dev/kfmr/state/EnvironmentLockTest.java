package dev.kfmr.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentLockTest {
    @TempDir
    private Path folder;

    @Test
    void isHeldByOneAtATimeAndSaysByWhom() {
        List<String> told = new ArrayList<>();
        try (EnvironmentLock held = EnvironmentLock.take(folder, Deadline.in(Duration.ofSeconds(1)), told::add)) {
            assertThatThrownBy(() -> EnvironmentLock.take(folder, Deadline.in(Duration.ofMillis(50)), told::add))
                    .isInstanceOfSatisfying(KfmrException.class, e -> {
                        assertThat(e.code()).isEqualTo("environment.locked");
                        assertThat(e.why())
                                .contains("process " + ProcessHandle.current().pid());
                    });
            assertThat(held).isNotNull();
        }
        assertThat(told).singleElement().asString().startsWith("waiting for kfmr, process");
    }

    @Test
    void isFreeAgainWhenGivenBack() {
        EnvironmentLock.take(folder, Deadline.in(Duration.ofSeconds(1)), told -> {})
                .close();
        List<String> told = new ArrayList<>();

        EnvironmentLock.take(folder, Deadline.in(Duration.ofSeconds(1)), told::add)
                .close();

        assertThat(told).isEmpty();
    }

    @Test
    void tellsWithoutWaitingWhoHoldsIt() {
        assertThat(EnvironmentLock.heldBy(folder)).isEmpty();
        try (EnvironmentLock held = EnvironmentLock.take(folder, Deadline.in(Duration.ofSeconds(1)), told -> {})) {
            assertThat(EnvironmentLock.heldBy(folder))
                    .contains("kfmr, process " + ProcessHandle.current().pid());
            assertThat(held).isNotNull();
        }
        assertThat(EnvironmentLock.heldBy(folder)).isEmpty();
    }
}
