package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReaderTest {
    private static Map<String, Object> pod(String name) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("namespace", "kubeflow", "name", name),
                "spec",
                Map.of("containers", List.of(Map.of("name", "main"))),
                "status",
                Map.of("containerStatuses", List.of(status())),
                "log",
                "said by " + name);
    }

    private static Map<String, Object> status() {
        return Map.of("name", "main", "containerID", "containerd://1", "state", Map.of("running", Map.of()));
    }

    /** What is missing of a cluster with two pods, of which one's log is answered with that status. */
    private static List<Unread> missing(int status) throws IOException {
        try (StubApiServer server = new StubApiServer(
                        List.of(pod("store"), pod("mysql")), "/api/v1/namespaces/kubeflow/pods/mysql/log", status);
                KubernetesClient client = client(server);
                Looks looks = new Looks()) {
            assertThat(BundleReader.cluster(client, looks).stream().map(BundleFile::path))
                    .contains(
                            "pods/kubeflow/mysql/pod.yaml",
                            "pods/kubeflow/store/pod.yaml",
                            "pods/kubeflow/store/main.log")
                    .doesNotContain("pods/kubeflow/mysql/main.log");
            return looks.unread();
        }
    }

    private static KubernetesClient client(StubApiServer server) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(server.url())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void namesALogThatIsRefused(int status) throws IOException {
        assertThat(missing(status))
                .containsExactly(new Unread("logs of the namespace kubeflow, mysql/main", "refused by the test"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404})
    void missesNoLogThatIsNotThere(int status) throws IOException {
        assertThat(missing(status)).isEmpty();
    }
}
