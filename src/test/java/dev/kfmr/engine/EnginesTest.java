package dev.kfmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With programs of its own as docker and podman: small scripts that say what the real ones do. */
class EnginesTest {
    private final Path bin;

    EnginesTest(@TempDir Path bin) {
        this.bin = bin;
    }

    @Test
    void takesDockerBeforePodman() throws IOException {
        program("docker", answering("docker-debian.json"));
        program("podman", answering("podman-rootless.json"));

        Engine engine = engines(Map.of()).find();

        assertThat(engine.kind()).isEqualTo(EngineKind.DOCKER);
        assertThat(engine.program()).isEqualTo(bin.resolve("docker"));
        assertThat(engine.kindEnvironment()).containsEntry("KIND_EXPERIMENTAL_PROVIDER", "docker");
    }

    @Test
    void takesWhatTheProviderVariableNames() throws IOException {
        program("docker", answering("docker-debian.json"));
        program("podman", answering("podman-rootless.json"));

        assertThat(engines(Map.of("KIND_EXPERIMENTAL_PROVIDER", "podman"))
                        .find()
                        .kind())
                .isEqualTo(EngineKind.PODMAN);
    }

    @Test
    void refusesAProviderThatItDoesNotKnow() {
        assertFails(engines(Map.of("KIND_EXPERIMENTAL_PROVIDER", "nerdctl"))::find, "engine.unsupported", "nerdctl");
    }

    @Test
    void passesTheUsersVariablesOn() throws IOException {
        program(
                "docker",
                "test \"$DOCKER_CONTEXT\" = colima || { echo lost >&2; exit 1; }\n" + answering("docker-colima.json"));

        assertThat(engines(Map.of("DOCKER_CONTEXT", "colima")).find().facts().architecture())
                .isEqualTo("aarch64");
    }

    @Test
    void takesPodmanWhereDockerDoesNotRun() throws IOException {
        program("docker", "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2; exit 1");
        program("podman", answering("podman-rootless.json"));

        assertThat(engines(Map.of()).find().kind()).isEqualTo(EngineKind.PODMAN);
    }

    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/docker.sock, true",
        "unix:///run/user/1000/docker.sock, true",
        "unix:///home/ada/.docker/desktop/docker.sock, false",
        "unix:///home/ada/.colima/default/docker.sock, false",
        "ssh://ada@build, false",
        "tcp://127.0.0.1:2375, false",
        "'', false"
    })
    void takesDockersOwnWordForWhereItLooks(String address, boolean isHere) throws IOException {
        program("docker", "test \"$1 $2\" = 'context inspect' && echo '" + address + "'");

        assertThat(engines(Map.of()).wouldBeHere()).isEqualTo(isHere);
    }

    @Test
    void wouldRunHereWhatIsYetToBeInstalled() {
        assertThat(engines(Map.of()).wouldBeHere()).isTrue();
        assertThat(engines(Map.of("DOCKER_HOST", "ssh://build")).wouldBeHere()).isFalse();
        assertThat(engines(Map.of("KIND_EXPERIMENTAL_PROVIDER", "nerdctl")).wouldBeHere())
                .isFalse();
    }

    @Test
    void followsPodmansVariablesToo() throws IOException {
        program("podman", "exit 1");

        assertThat(engines(Map.of("DOCKER_HOST", "ssh://build")).wouldBeHere()).isTrue();
        assertThat(engines(Map.of("CONTAINER_HOST", "ssh://build")).wouldBeHere())
                .isFalse();
        assertThat(engines(Map.of("CONTAINER_CONNECTION", "build")).wouldBeHere())
                .isFalse();
    }

    @Test
    void neverRunsHereWhereTheKernelIsNotLinux() {
        assertThat(new EnginePlace(Map.of("PATH", bin.toString()), Systems.mac()).isHere(EngineKind.DOCKER))
                .isFalse();
    }

    @Test
    void seesPodmanBehindTheNameOfDocker() throws IOException {
        program("docker", answering("podman-rootless.json"));
        program("podman", answering("podman-rootless.json"));

        assertThat(engines(Map.of()).find().program()).isEqualTo(bin.resolve("podman"));
    }

    @Test
    void saysHowToInstallWhereThereIsNone() {
        assertFails(engines(Map.of())::find, "engine.missing", "sudo apt-get update");
    }

    @Test
    void saysHowToStartWhatIsStopped() throws IOException {
        program(
                "docker",
                "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon"
                        + " running?' >&2; exit 1");

        assertFails(engines(Map.of())::find, "engine.stopped", "sudo systemctl enable --now docker");
    }

    @Test
    void saysHowToBeAllowedTo() throws IOException {
        program(
                "docker",
                "echo 'permission denied while trying to connect to the Docker daemon socket at"
                        + " unix:///var/run/docker.sock' >&2; exit 1");

        assertFails(engines(Map.of())::find, "engine.permission", "sudo usermod -aG docker ada");
    }

    @Test
    void givesUpOnAnEngineThatHangs() throws IOException {
        program("docker", "sleep 60");

        assertFails(engines(Map.of())::find, "engine.hanging", "Restart it.");
    }

    @Test
    void namesTheSubnetsOfKindsNetwork() throws IOException {
        program(
                "docker",
                onNetwork("echo 172.18.0.0/16; echo fc00:f853:ccd:e793::/64; echo") + answering("docker-debian.json"));

        assertThat(engines(Map.of()).find().kindSubnets()).containsExactly("172.18.0.0/16", "fc00:f853:ccd:e793::/64");
    }

    @Test
    void namesNoSubnetsBeforeThereIsANetwork() throws IOException {
        program(
                "docker",
                onNetwork("echo 'Error: No such network: kind' >&2; exit 1") + answering("docker-debian.json"));

        assertThat(engines(Map.of()).find().kindSubnets()).isEmpty();
    }

    private static String onNetwork(String answer) {
        return "if [ \"$1 $2 $3\" = 'network inspect kind' ]; then " + answer + "; exit; fi\n";
    }

    @Test
    void refusesAnswersThatAreNoJson() throws IOException {
        program("docker", "echo '{\"NCPU\": ['");

        assertFails(engines(Map.of())::find, "engine.unreadable", "docker info");
    }

    private static void assertFails(ThrowingCallable find, String code, String remedy) {
        assertThatThrownBy(find).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(e.what() + e.remedy()).contains(remedy);
        });
    }

    private Engines engines(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", bin.toString());
        return new Engines(
                environment, Systems.ubuntu("ada"), new LocalEngineFiles("none", List.of()), Duration.ofSeconds(2));
    }

    private static String answering(String json) {
        return "/bin/cat <<'END'\n" + Resource.text(EnginesTest.class, json) + "\nEND\n";
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
