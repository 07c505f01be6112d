package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundProcessTest {
    private final Path directory;

    BackgroundProcessTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void writesIntoItsLogAndIsEnded() throws IOException {
        Path log = directory.resolve("log");
        BackgroundProcess process = BackgroundProcess.start(List.of("sh", "-c", "echo hello; exec sleep 60"), log);
        Deadline deadline = Deadline.in(Duration.ofSeconds(5));
        while (Files.readString(log).isEmpty() && !deadline.passed()) {
            deadline.sleep(Duration.ofMillis(10), "waiting in a test");
        }
        assertThat(Files.readString(log)).isEqualTo("hello\n");
        assertThat(process.isRunning()).isTrue();
        assertThat(process.end(Duration.ofSeconds(5))).isTrue();
        assertThat(process.isRunning()).isFalse();
        assertThat(process.end(Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void isNotTheProgramThatGotItsPidLater() {
        BackgroundProcess self = BackgroundProcess.current();
        assertThat(self.isRunning()).isTrue();
        assertThat(new BackgroundProcess(self.pid(), Instant.ofEpochMilli(1000)).isRunning())
                .isFalse();
    }

    @Test
    void saysThatItCannotBeStarted() {
        KfmrException error = catchThrowableOfType(
                KfmrException.class,
                () -> BackgroundProcess.start(List.of("sh"), directory.resolve("no/such/folder/log")));
        assertThat(error.code()).isEqualTo("process.not-started");
    }
}
