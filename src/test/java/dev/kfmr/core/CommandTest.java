package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    @Test
    void answersExitCodeOutputAndError() {
        Command.Result result =
                Command.of("sh", "-c", "echo out; echo err >&2; exit 3").run();

        assertThat(result).isEqualTo(new Command.Result(3, "out\n", "err\n"));
        assertThat(result.lastWords()).isEqualTo("err");
    }

    @Test
    void saysThatAProgramDoesNotExist() {
        Command.Result result = Command.of("no-such-program-here").run();

        assertThat(result.started()).isFalse();
        assertThat(result.error()).contains("no-such-program-here");
    }

    @Test
    void endsWhatTakesTooLongWithItsChildren() {
        Command.Result result = Command.of("sh", "-c", "sleep 60 & sleep 60")
                .withLimit(Duration.ofMillis(200))
                .run();

        assertThat(result.timedOut()).isTrue();
    }

    @Test
    void passesInputEnvironmentAndDirectory(@TempDir Path folder) {
        Command.Result result = Command.of("sh", "-c", "cat; echo $GREETING; pwd")
                .withInput("in\n")
                .withEnvironment(Map.of("GREETING", "hello"))
                .in(folder)
                .run();

        assertThat(result.output()).isEqualTo("in\nhello\n" + folder + "\n");
    }

    @Test
    void readsMoreOutputThanAPipeHolds() {
        Command.Result result =
                Command.of("sh", "-c", "yes 0123456789 | head -c 1000000").run();

        assertThat(result.output().length()).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void tellsErrorLinesAsTheyCome() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());

        Command.of("sh", "-c", "echo one >&2; echo two >&2")
                .onErrorLine(lines::add)
                .run();

        assertThat(lines).containsExactly("one", "two");
    }

    /** Both get the signal, and the program may end first. */
    @Test
    void takesAProgramThatACtrlCEndedForTheCtrlC() {
        Thread worker = Thread.currentThread();
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(worker::interrupt);

        assertThatThrownBy(() -> Command.of("sh", "-c", "exit 130").run())
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.isInterrupt()).isTrue());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void honoursAnInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Command.of("sleep", "60").run())
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.isInterrupt()).isTrue());
        assertThat(Thread.interrupted()).isTrue();
    }
}
