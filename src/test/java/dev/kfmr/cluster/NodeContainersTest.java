package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.engine.Engine;
import dev.kfmr.engine.EngineFacts;
import dev.kfmr.engine.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program of its own as docker: a small script that says what the real one does. */
class NodeContainersTest {
    private static final EngineFacts FACTS = new EngineFacts(
            EngineKind.DOCKER,
            "28.3.3",
            2,
            8000,
            "overlay2",
            "/var/lib/docker",
            "ext4",
            OptionalLong.empty(),
            2,
            false,
            false,
            false,
            "Debian GNU/Linux 12",
            "6.1.0",
            "x86_64",
            true);

    @TempDir
    private Path folder;

    @Test
    void removesANodeThatDockerDidNotSeeEndInTime() throws IOException {
        NodeContainers containers = docker(
                """
                cd %s
                case $1 in
                  ps) [ -e gone ] || echo "kind-control-plane running" ;;
                  rm)
                    echo "$*" >> log
                    if [ -e tried ]; then : > gone; exit 0; fi
                    : > tried
                    echo 'Could not kill running container 61, cannot remove - tried to kill container, but did not receive an exit event' >&2
                    exit 1 ;;
                esac
                """);

        containers.removeAll("kind");

        assertThat(folder.resolve("log")).content().isEqualTo("rm --force --volumes kind-control-plane\n".repeat(2));
    }

    /** As Podman 4.3.1 printed them. */
    @Test
    void readsTheStatesThatPodmanWritesForPeople() throws IOException {
        NodeContainers containers = docker(
                """
                cd %s
                echo "a Up About a minute ago"
                echo "b Exited (137) 3 seconds ago"
                echo "c Paused"
                echo "d Created"
                """);

        assertThat(containers.of("kind"))
                .extracting(NodeContainer::state)
                .containsExactly("running", "exited", "paused", "created");
    }

    @Test
    void readsWhenANodeWasStarted() throws IOException {
        NodeContainers containers = docker("cd %s; echo '\"2026-11-28T19:05:45.67831939Z\"'");

        assertThat(containers.startedAt(new NodeContainer("a", "running")))
                .contains(Instant.parse("2026-11-28T19:05:45.67831939Z"));
    }

    @Test
    void doesNotRemoveWhatWentMeanwhile() throws IOException {
        NodeContainers containers = docker(
                """
                cd %s
                case $1 in
                  ps) [ -e gone ] || echo "kind-control-plane running" ;;
                  rm) echo "$*" >> log; : > gone; echo 'removal of container kind-control-plane is already in progress' >&2; exit 1 ;;
                esac
                """);

        containers.removeAll("kind");

        assertThat(folder.resolve("log")).content().hasLineCount(1);
    }

    private NodeContainers docker(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("docker"), "#!/bin/sh\n" + script.formatted(folder));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new NodeContainers(new Engine(file, Map.of(), FACTS));
    }
}
