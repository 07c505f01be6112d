package dev.kfmr.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.pipelines.RunPods.Trouble;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against pods as Argo makes them: its workflow/controller/workflowpod.go labels and annotates them so. */
class KubernetesRunPodsTest {
    private static final String PODS =
            """
            {"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"}, "items": [
              {"metadata": {"name": "demo-jqh8s-system-dag-driver-1", "namespace": "alice"},
               "status": {"phase": "Succeeded"}},
              {"metadata": {"name": "demo-jqh8s-system-container-impl-2", "namespace": "alice",
                 "annotations": {"workflows.argoproj.io/node-name": "demo-jqh8s.root.show.executor"}},
               "status": {"phase": "Failed", "containerStatuses": [
                 {"name": "main", "ready": false, "restartCount": 0, "state": {"terminated": {"exitCode": 1}}},
                 {"name": "wait", "ready": false, "restartCount": 0, "state": {"terminated": {"exitCode": 0}}}]}}]}
            """;

    private static final String LOG =
            """
            Traceback (most recent call last):
              File "ephemeral_component.py", line 9, in show
            ValueError: no such column
            F1124 11:40:31.003000      58 main.go:58] failed to execute component: exit status 1
            """;

    private MockWebServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(server.url("/").toString())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        boolean isOfTheRun = "workflows.argoproj.io/workflow=demo-jqh8s"
                .equals(request.getUrl().queryParameter("labelSelector"));
        String events = "{\"kind\": \"EventList\", \"apiVersion\": \"v1\", \"items\": []}";
        return switch (path) {
            case "/api/v1/namespaces/alice/pods" -> json(isOfTheRun ? 200 : 404, PODS);
            case "/api/v1/namespaces/alice/events" -> json(200, events);
            case "/api/v1/namespaces/alice/pods/demo-jqh8s-system-container-impl-2/log" ->
                json("main".equals(request.getUrl().queryParameter("container")) ? 200 : 404, LOG);
            default -> json(404, "{}");
        };
    }

    private static MockResponse json(int code, String body) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Test
    void tellsOfTheComponentThatFailedWhoseItIsAndWhatItSaid() {
        List<Trouble> troubles = new KubernetesRunPods(client, "alice").troubles("demo-jqh8s");

        assertThat(troubles).singleElement().satisfies(trouble -> {
            assertThat(trouble.pod()).isEqualTo("demo-jqh8s-system-container-impl-2");
            assertThat(trouble.node()).isEqualTo("demo-jqh8s.root.show.executor");
            assertThat(trouble.why()).contains("main", "1");
            assertThat(trouble.exception().orElseThrow().exception()).isEqualTo("ValueError: no such column");
        });
    }

    @Test
    void hasNothingToTellWhileTheApiServerIsAway() {
        server.close();

        assertThat(new KubernetesRunPods(client, "alice").troubles("demo-jqh8s"))
                .isEmpty();
    }
}
