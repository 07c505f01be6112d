package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConnectionTest {
    private final Path folder;

    ClusterConnectionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void goesToThisMachineWithoutAProxy() throws IOException {
        System.setProperty("https.proxy", "http://proxy.invalid:3128");
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(kubeconfig("https://127.0.0.1:35097"))) {
            assertThat(connection.client().getConfiguration().getHttpsProxy()).isNull();
        } finally {
            System.clearProperty("https.proxy");
        }
    }

    @Test
    void retriesARequestAFewTimesOnly() throws IOException {
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(kubeconfig("https://127.0.0.1:35097"))) {
            assertThat(connection.client().getConfiguration().getRequestRetryBackoffLimit())
                    .isEqualTo(2);
        }
    }

    @Test
    void takesNothingOfTheCurrentContextToAnother() throws IOException {
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                current-context: mine
                contexts:
                  - {name: mine, context: {cluster: mine, user: administrator, namespace: mine}}
                  - {name: theirs, context: {cluster: theirs, user: looker}}
                clusters:
                  - {name: mine, cluster: {server: "https://mine.invalid", certificate-authority-data: bWluZQ==}}
                  - {name: theirs, cluster: {server: "https://theirs.invalid"}}
                users:
                  - {name: administrator, user: {client-certificate-data: Y2VydA==, client-key-data: a2V5}}
                  - {name: looker, user: {token: t0ken}}
                """);
        System.setProperty("kubeconfig", kubeconfig.toString());
        try (ClusterConnection connection = ClusterConnection.toContext("theirs")) {
            Config config = connection.client().getConfiguration();

            assertThat(config.getMasterUrl()).startsWith("https://theirs.invalid");
            assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("t0ken");
            assertThat(config.getClientCertData()).isNull();
            assertThat(config.getClientKeyData()).isNull();
            assertThat(config.getCaCertData()).isNull();
            // As the forwards' connections are made of it.
            assertThat(new ConfigBuilder(config).build().getClientCertData()).isNull();
        } finally {
            System.clearProperty("kubeconfig");
        }
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertFails(folder.resolve("missing"));
    }

    @Test
    void saysThatTheFileIsBroken() throws IOException {
        assertFails(Files.writeString(folder.resolve("broken"), "clusters: ["));
    }

    @Test
    void saysThatTheFileIsAnothers() throws IOException {
        assertFails(Files.writeString(folder.resolve("two"), "clusters: [{name: a}, {name: b}]\nusers: [{name: a}]"));
        assertFails(Files.writeString(
                folder.resolve("none"), "clusters: [{name: a, cluster: {}}]\nusers: [{name: a, user: {}}]"));
    }

    @Test
    void givesUpOnAServerThatIsNotThere() throws IOException {
        try (ClusterConnection connection =
                ClusterConnection.toKubeconfig(kubeconfig("http://127.0.0.1:" + closedPort()))) {
            assertThatThrownBy(() -> connection.awaitReady(Deadline.in(Duration.ZERO)))
                    .isInstanceOfSatisfying(KfmrException.class, e -> {
                        assertThat(e.code()).isEqualTo("cluster.not-ready");
                        assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_READY);
                    });
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assertFails(Path kubeconfig) {
        assertThatThrownBy(() -> ClusterConnection.toKubeconfig(kubeconfig))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("cluster.no-kubeconfig");
                    assertThat(e.why()).contains(kubeconfig.toString());
                });
    }

    private Path kubeconfig(String server) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "%s"}}]
                contexts: [{name: a, context: {cluster: a, user: a}}]
                users: [{name: a, user: {}}]
                current-context: a
                """
                        .formatted(server));
    }
}
