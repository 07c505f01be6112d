package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kfmr.core.BackgroundProcess;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedForwardTest {
    private final Path directory;
    private final DetachedForward detached;

    DetachedForwardTest(@TempDir Path directory) {
        this.directory = directory;
        this.detached = new DetachedForward(directory.resolve("kfmr"));
    }

    @Test
    void isNotRunningBeforeItStarts() {
        assertThat(detached.running()).isEmpty();
        assertThat(detached.stop()).isFalse();
    }

    @Test
    void showsWhatTheHoldingProcessWroteDown() {
        try (DetachedHold hold = detached.hold()) {
            detached.write(new ForwardReport("http://localhost:8079/", List.of(status())));
            assertThat(detached.running()).hasValueSatisfying(running -> {
                assertThat(running.process()).isEqualTo(BackgroundProcess.current());
                assertThat(running.report().landingPage()).isEqualTo("http://localhost:8079/");
                assertThat(running.report().forwards()).containsExactly(status());
            });
        }
        assertThat(detached.running()).isEmpty();
    }

    @Test
    void leavesNoFilesBehindButLogAndLock() throws IOException {
        detached.hold().close();
        try (var files = Files.list(directory.resolve("kfmr"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("forward.lock");
        }
    }

    @Test
    void refusesASecondHolder() {
        try (DetachedHold hold = detached.hold()) {
            KfmrException error = catchThrowableOfType(KfmrException.class, detached::hold);
            assertThat(error.code()).isEqualTo("forward.running");
        }
    }

    @Test
    void seesThatThePidBelongsToAnotherProgramByNow() throws IOException {
        Files.createDirectories(directory.resolve("kfmr"));
        long pid = ProcessHandle.current().parent().orElseThrow().pid();
        Files.writeString(directory.resolve("kfmr/forward.pid"), pid + " 1000\n");
        assertThat(detached.stop()).isFalse();
        assertThat(ProcessHandle.current().parent()).isPresent();
    }

    @Test
    void seesThatNobodyHoldsTheLock() throws IOException {
        Files.createDirectories(directory.resolve("kfmr"));
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        long started = parent.info().startInstant().orElseThrow().toEpochMilli();
        Files.writeString(directory.resolve("kfmr/forward.pid"), parent.pid() + " " + started + "\n");
        assertThat(detached.stop()).isFalse();
        try (DetachedHold hold = detached.hold()) {
            assertThat(directory.resolve("kfmr/forward.pid"))
                    .content()
                    .startsWith(BackgroundProcess.current().pid() + " ");
        }
    }

    @Test
    void survivesAGarbledPidFile() throws IOException {
        Files.createDirectories(directory.resolve("kfmr"));
        Files.writeString(directory.resolve("kfmr/forward.pid"), "garbage");
        assertThat(detached.running()).isEmpty();
        detached.hold().close();
    }

    @Test
    void saysWhatTheProcessSaidBeforeItEnded() {
        KfmrException error = catchThrowableOfType(
                KfmrException.class,
                () -> detached.start(List.of("sh", "-c", "echo no cluster here >&2; exit 3"), Duration.ofSeconds(10)));
        assertThat(error.code()).isEqualTo("forward.not-started");
        assertThat(error.why()).isEqualTo("no cluster here");
    }

    @Test
    void livesInAProcessOfItsOwnUntilItIsStopped() {
        List<String> words = BackgroundProcess.sameJava(
                List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
                DetachedProgram.class.getName(),
                List.of(directory.resolve("kfmr").toString()));
        DetachedForward.Running running = detached.start(words, Duration.ofSeconds(20));
        try {
            assertThat(running.process()).isNotEqualTo(BackgroundProcess.current());
            assertThat(running.report().forwards())
                    .extracting(ForwardStatus::name)
                    .containsExactly("pipelines");
            KfmrException second =
                    catchThrowableOfType(KfmrException.class, () -> detached.start(words, Duration.ofSeconds(20)));
            assertThat(second.code()).isEqualTo("forward.running");
        } finally {
            assertThat(detached.stop()).isTrue();
        }
        assertThat(running.process().isRunning()).isFalse();
        assertThat(detached.running()).isEmpty();
    }

    @Test
    void endsWhenItsEnvironmentIsTakenDown() throws Exception {
        try (FakeApiServer api = new FakeApiServer();
                KubernetesClient client = api.client();
                ForwardSupervisor forwards = ForwardSupervisor.start(
                        client, List.of(KubernetesObjects.spec()), ForwardOptions.defaults(), ForwardEvents.silent());
                DetachedHold hold = detached.hold()) {
            CompletableFuture<DetachedHold.Reason> reason =
                    CompletableFuture.supplyAsync(() -> hold.keep(forwards, "", Duration.ofHours(1)));
            Eventually.eventually("it is running", () -> detached.running().isPresent());
            for (String file : List.of("forward.pid", "forward.json", "forward.lock")) {
                Files.delete(directory.resolve("kfmr").resolve(file));
            }
            Files.delete(directory.resolve("kfmr"));
            assertThat(reason.get(5, TimeUnit.SECONDS)).isEqualTo(DetachedHold.Reason.TAKEN_DOWN);
            assertThat(directory.resolve("kfmr")).doesNotExist();
        }
    }

    @Test
    void endsWhenKubernetesIsAwayForTooLong() throws Exception {
        FakeApiServer api = new FakeApiServer();
        api.close();
        try (KubernetesClient client = api.client();
                ForwardSupervisor forwards = ForwardSupervisor.start(
                        client, List.of(KubernetesObjects.spec()), ForwardOptions.defaults(), ForwardEvents.silent());
                DetachedHold hold = detached.hold()) {
            assertThat(hold.keep(forwards, "", Duration.ofMillis(500))).isEqualTo(DetachedHold.Reason.LOST);
        }
    }

    private static ForwardStatus status() {
        return new ForwardStatus(
                "pipelines",
                "Pipelines UI",
                ForwardState.READY,
                "",
                "http://localhost:8080/",
                "127.0.0.1",
                8080,
                8080,
                "",
                "kubeflow",
                "ml-pipeline-ui",
                80,
                "ui",
                3,
                Instant.parse("2026-11-28T05:00:00Z"));
    }
}
