package dev.kfmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineInstallerTest {
    private static final Engine ENGINE = new Engine(
            Path.of("/usr/bin/docker"),
            Map.of(),
            new EngineFacts(
                    EngineKind.DOCKER,
                    "28",
                    2,
                    8000,
                    "overlay2",
                    "/",
                    "",
                    OptionalLong.empty(),
                    2,
                    false,
                    false,
                    false,
                    "Debian",
                    "6",
                    "x86_64",
                    true));

    @Test
    void usesAptOnUbuntuWithSudo() {
        assertThat(commands(Systems.ubuntu("ada")))
                .containsExactly(
                        "sudo apt-get update",
                        "sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes docker.io",
                        "sudo systemctl enable --now docker",
                        "sudo usermod -aG docker ada");
    }

    @Test
    void asksForNoRightsThatRootHas() {
        assertThat(commands(Systems.ubuntu("root")))
                .containsExactly(
                        "apt-get update",
                        "env DEBIAN_FRONTEND=noninteractive apt-get install --yes docker.io",
                        "systemctl enable --now docker");
    }

    @Test
    void startsTheServiceWithoutSystemd() {
        assertThat(commands(Systems.of("ID=debian\n", "apt-get", "root", false)))
                .endsWith("service docker start");
    }

    @Test
    void usesDnfOnFedora() {
        assertThat(commands(Systems.fedora()))
                .startsWith("sudo dnf install --assumeyes moby-engine", "sudo systemctl enable --now docker");
    }

    @Test
    void takesPodmanOnRedHatsKin() {
        assertThat(commands(Systems.rocky())).containsExactly("sudo dnf install --assumeyes podman");
    }

    @Test
    void usesBrewWithColimaOnAMac() {
        assertThat(commands(Systems.mac()))
                .containsExactly("brew install colima docker", "colima start --cpu 4 --memory 10 --disk 60");
    }

    @Test
    void knowsNoWayElsewhere() {
        assertThat(commands(Systems.arch())).isEmpty();
    }

    @Test
    void runsTheStepsInOrderAndReturnsTheEngine(@TempDir Path folder) {
        Path trace = folder.resolve("trace");
        List<InstallStep> steps = List.of(shell("echo one >> " + trace), shell("echo two >> " + trace));

        Engine engine = new EngineInstaller(Map.of(), () -> ENGINE).run(steps, Progress.silent());

        assertThat(engine).isEqualTo(ENGINE);
        assertThat(trace).hasContent("one\ntwo");
    }

    @Test
    void stopsAtTheStepThatFails(@TempDir Path folder) {
        Path trace = folder.resolve("trace");
        List<InstallStep> steps = List.of(shell("echo no such package >&2; exit 100"), shell("touch " + trace));

        assertThatThrownBy(() -> new EngineInstaller(Map.of(), () -> ENGINE).run(steps, Progress.silent()))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("engine.install-failed");
                    assertThat(e.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
                    assertThat(e.why()).isEqualTo("no such package");
                });
        assertThat(Files.exists(trace)).isFalse();
    }

    @Test
    void waitsUntilTheEngineAnswers() {
        Deque<Boolean> answers = new ArrayDeque<>(List.of(false, true));

        Engine engine = new EngineInstaller(Map.of(), () -> {
                    if (answers.remove()) {
                        return ENGINE;
                    }
                    throw new KfmrException(ExitCode.ENVIRONMENT, "engine.stopped", "", "", "");
                })
                .run(List.of(), Progress.silent());

        assertThat(engine).isEqualTo(ENGINE);
        assertThat(answers).isEmpty();
    }

    private static InstallStep shell(String script) {
        return new InstallStep("Test", List.of("sh", "-c", script), Duration.ofSeconds(10));
    }

    private static List<String> commands(SystemFacts system) {
        return new EngineInstaller(Map.of())
                .steps(system).stream().map(InstallStep::text).toList();
    }
}
