package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.HostFacts;
import dev.kfmr.core.Resource;
import dev.kfmr.doctor.MachineLooks.Machine;
import dev.kfmr.engine.EngineCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a program of its own as docker, mostly one that does not answer. */
class MachineLooksTest {
    private static final String STOPPED = "echo 'Cannot connect to the Docker daemon' >&2; exit 1";

    @TempDir
    private Path bin;

    private record Seen(List<String> found, List<String> unread) {}

    private Seen look(Supplier<HostFacts> host, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", bin.toString());
        try (Looks looks = new Looks()) {
            Machine machine = new MachineLooks(looks, environment, host).read(Room.nothingMore());
            return new Seen(
                    machine.faults().stream().map(fault -> fault.finding().id()).toList(),
                    looks.unread().stream().map(Unread::what).toList());
        }
    }

    private void docker(String address, String info) throws IOException {
        Path docker = Files.writeString(
                bin.resolve("docker"),
                "#!/bin/sh\nPATH=/usr/bin:/bin\ncase $1 in\ncontext) echo '" + address + "' ;;\ninfo) " + info
                        + "\n;;\n*) exit 1 ;;\nesac\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static HostFacts bad() {
        return new HostFacts(
                OptionalLong.of(1),
                OptionalLong.of(1),
                Set.of(),
                Map.of("HTTPS_PROXY", "http://localhost:3128"),
                true,
                Optional.empty(),
                List.of());
    }

    private static HostFacts good() {
        return new HostFacts(
                OptionalLong.of(512), OptionalLong.of(524_288), Set.of(), Map.of(), false, Optional.empty(), List.of());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void seesTheSettingsOfThisMachineWhileItsEngineIsStopped() throws IOException {
        docker("unix:///var/run/docker.sock", STOPPED);

        assertThat(look(MachineLooksTest::bad, Map.of()))
                .isEqualTo(new Seen(
                        List.of("engine.stopped", "host.inotify", "host.apparmor-mysqld", "host.proxy"),
                        List.of("the engine's settings")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void seesThemBeforeAnEngineIsInstalled() {
        assertThat(look(MachineLooksTest::bad, Map.of()).found()).startsWith("engine.missing", "host.inotify");
    }

    @Test
    void saysNothingOfAMachineThatIsFineButThatItsEngineIsStopped() throws IOException {
        docker("unix:///var/run/docker.sock", STOPPED);

        assertThat(look(MachineLooksTest::good, Map.of()).found()).containsExactly("engine.stopped");
    }

    @Test
    void doesNotTakeThisMachinesKernelForThatOfAnEngineElsewhere() throws IOException {
        docker("ssh://ada@build", STOPPED);

        assertThat(look(MachineLooksTest::bad, Map.of()))
                .isEqualTo(new Seen(
                        List.of("engine.stopped", "host.proxy"),
                        List.of("the settings of the engine and its machine")));
    }

    @Test
    void looksAtTheEngineOfAMachineThatItCannotLookAt() throws IOException {
        docker("", "cat <<'END'\n" + Resource.text(EngineCases.class, "docker-snap.json") + "\nEND");

        Seen seen = look(
                () -> {
                    throw new IllegalStateException("no such file");
                },
                Map.of());

        assertThat(seen.found()).contains("engine.snap");
        assertThat(seen.unread()).containsExactly("this machine");
    }
}
