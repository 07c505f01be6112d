package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindKubeconfigTest {
    @TempDir
    private Path folder;

    private Path kubeconfig(String authority) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters:
                - name: kind-a
                  cluster: {server: "https://127.0.0.1:6443", certificate-authority-data: "%s"}
                users:
                - name: kind-a
                  user: {token: x}
                """
                        .formatted(authority));
    }

    @Test
    void trustsTheClustersOwnAuthorityAndNoOther() throws Exception {
        String authority = Files.readString(Path.of("src/test/resources/dev/kfmr/cluster/authority.txt"))
                .strip();

        Config config = KindKubeconfig.read(kubeconfig(authority));

        assertThat(Arrays.stream(SSLUtils.trustManagers(config))
                        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                        .map(issuer -> issuer.getSubjectX500Principal().getName()))
                .containsExactly("CN=kfmr test authority");
        assertThat(config.getMasterUrl()).startsWith("https://127.0.0.1:6443");
    }

    @Test
    void refusesAFileOfAnotherForm() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "clusters: []\nusers: []\n");

        assertThatThrownBy(() -> KindKubeconfig.read(file)).hasMessageContaining("0 clusters, not one");
    }
}
