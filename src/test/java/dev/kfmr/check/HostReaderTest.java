package dev.kfmr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReaderTest {
    private final Path root;

    HostReaderTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void readsWhatLinuxTells() throws IOException {
        write("proc/sys/fs/inotify/max_user_instances", "128\n");
        write("proc/sys/fs/inotify/max_user_watches", "65536\n");
        write("sys/kernel/security/apparmor/profiles", "/usr/sbin/mysqld (enforce)\nman_filter (enforce)\n");
        write(
                "proc/net/route",
                """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
                eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                """);

        HostFacts facts = new HostReader(root).read(Map.of("HTTP_PROXY", "http://proxy:1", "no_proxy", "x"), Set.of());

        assertThat(facts.inotifyInstances()).hasValue(128);
        assertThat(facts.inotifyWatches()).hasValue(65536);
        assertThat(facts.profilesMysqld()).isTrue();
        assertThat(facts.proxies()).isEqualTo(Map.of("HTTP_PROXY", "http://proxy:1"));
        assertThat(facts.routes())
                .extracting(Route::networkInterface, Route::cidr)
                .containsExactly(tuple("docker0", "172.17.0.0/16"), tuple("eth0", "192.168.2.0/24"));
    }

    @Test
    void leavesEmptyWhatAnotherSystemDoesNotHave() {
        HostFacts facts = new HostReader(root).read(Map.of(), Set.of());

        assertThat(facts.inotifyInstances()).isEmpty();
        assertThat(facts.inotifyWatches()).isEmpty();
        assertThat(facts.profilesMysqld()).isFalse();
        assertThat(facts.routes()).isEmpty();
    }

    @Test
    void findsPortsThatAreTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new HostReader(root)
                            .read(Map.of(), Set.of(taken.getLocalPort()))
                            .takenPorts())
                    .containsExactly(taken.getLocalPort());
        }
    }

    @Test
    void readsDockersSettingsWhereTheVariableSays() throws IOException {
        write("docker/config.json", "{}");
        Path folder = root.resolve("docker");

        assertThat(closedDockerFolder(folder)).isEmpty();
        assertThat(closedDockerFolder(root.resolve("none"))).isEmpty();
        Files.setPosixFilePermissions(folder.resolve("config.json"), Set.of());
        assumeFalse(Files.isReadable(folder.resolve("config.json")), "root may read everything");
        assertThat(closedDockerFolder(folder)).contains(folder);
    }

    private Optional<Path> closedDockerFolder(Path folder) {
        return new HostReader(root)
                .read(Map.of("DOCKER_CONFIG", folder.toString()), Set.of())
                .closedDockerFolder();
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
