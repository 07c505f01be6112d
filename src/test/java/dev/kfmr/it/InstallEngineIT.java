package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Debian without an engine: PATH has a package manager of the test's, which puts there what leads to the machine's real
 * engine, and it answers once the service was started.
 */
@EnabledOnOs(OS.LINUX)
class InstallEngineIT {
    private static final List<String> LAUNCHERS_NEEDS = List.of(
            "kind",
            "kustomize",
            "sh",
            "env",
            "ls",
            "awk",
            "tr",
            "find",
            "head",
            "dirname",
            "readlink",
            "sed",
            "mkdir",
            "mv",
            "rm",
            "rmdir");

    @TempDir
    private Path home;

    private Path bin;
    private Kfmr kfmr;

    @BeforeEach
    void hideTheEngine() throws IOException {
        Rig.require();
        bin = Files.createDirectories(home.resolve("bin"));
        for (String name : LAUNCHERS_NEEDS) {
            program(name, "exec " + real(name) + " \"$@\"");
        }
        Path engine = real("docker");
        program(
                "apt-get",
                """
                echo "apt-get $*" >> %1$s/log
                case $* in *install*) mv %1$s/bin/.docker %1$s/bin/docker ;; esac
                """
                        .formatted(home));
        String start =
                """
                echo "start $*" >> %1$s/log
                : > %1$s/started
                """
                        .formatted(home);
        program("service", start);
        program("systemctl", start);
        program("sudo", "exec \"$@\"");
        program(
                ".docker",
                """
                [ -e %s/started ] || { echo 'Cannot connect to the Docker daemon. Is it running?' >&2; exit 1; }
                exec %s "$@"
                """
                        .formatted(home, engine));
        kfmr = new Kfmr("kfmr-test-noengine", home)
                .with("PATH", bin.toString())
                .with("XDG_CACHE_HOME", home.resolve("cache").toString())
                .with("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void saysHowToGetAnEngine() {
        var answer = kfmr.run("up", "--mode", "standalone").failedWith(3);

        assertThat(answer.error())
                .contains("[engine.missing]", "There is no container engine on this machine.")
                .contains("--install-engine", "apt-get install --yes docker.io");
        assertThat(home.resolve("log")).doesNotExist();
    }

    @Test
    void installsAndStartsOneAndGoesOn() throws IOException {
        var answer = kfmr.run("up", "--mode", "standalone", "--install-engine", "--git-mirror", "http://127.0.0.1:1")
                .failedWith(4);

        assertThat(Files.readString(home.resolve("log")))
                .matches("apt-get update\napt-get install --yes docker.io\nstart (docker start|enable --now docker)\n");
        assertThat(answer.error())
                .contains("Install Docker:", "Start Docker:", "fetch sources", "[source.unreachable]");
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path real(String name) {
        return Rig.run(Duration.ofSeconds(10), "sh", "-c", "command -v " + name)
                .map(line -> Path.of(line.strip()))
                .orElseGet(() -> Rig.missing("There is no " + name));
    }
}
