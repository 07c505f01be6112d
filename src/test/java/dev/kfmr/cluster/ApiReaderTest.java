package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.kfmr.ready.LocalApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiReaderTest {
    private static final String DEPLOYMENT =
            """
            {"metadata": {"name": "store", "namespace": "kubeflow", "uid": "u", "resourceVersion": "7", "generation": 3,
              "creationTimestamp": "2026-01-02T03:04:05Z", "deletionTimestamp": null,
              "labels": {"app": "store"}, "annotations": {"é": "ü"}, "finalizers": ["wait"],
              "ownerReferences": [{"apiVersion": "v1", "kind": "Owner", "name": "o", "uid": "ou", "controller": true}],
              "managedFields": [{"manager": "kfmr", "operation": "Apply", "subresource": "scale",
                "fieldsV1": {"f:spec": {"f:replicas": {}}}}]},
             "spec": {"replicas": 2, "paused": false, "ratio": 0.5, "names": ["a", "b"], "none": null},
             "status": {"observedGeneration": 3}}
            """;

    private volatile int status = 200;
    private volatile String text = "";
    private LocalApi api;

    @BeforeEach
    void serve() throws IOException {
        api = new LocalApi(this::answer);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isKnown = exchange.getRequestURI().getPath().startsWith("/apis/apps/v1/");
        LocalApi.send(exchange, isKnown ? status : 404, isKnown ? text : "{\"message\": \"there is none\"}");
    }

    private ApiReader reader() {
        return ApiReader.of(api.client());
    }

    private List<PlainObject> deployments() {
        return reader().list("apis/apps/v1/deployments", "apps/v1", "Deployment");
    }

    /** The client's own reading is the measure. */
    private HasMetadata asTheClientReads() {
        return api.client().getKubernetesSerialization().unmarshal(DEPLOYMENT, GenericKubernetesResource.class);
    }

    @Test
    void readsOfAListWhatTheClientReads() {
        text = "{\"items\": [" + DEPLOYMENT + "]}";

        PlainObject read = deployments().get(0);

        assertThat(read.getApiVersion() + " " + read.getKind()).isEqualTo("apps/v1 Deployment");
        assertThat(read.getMetadata())
                .usingRecursiveComparison()
                .isEqualTo(asTheClientReads().getMetadata());
    }

    @Test
    void readsFieldsWithoutTypes() {
        text = "{\"items\": [" + DEPLOYMENT + "]}";

        assertThat(deployments().get(0).fields())
                .containsEntry("spec", Map.of("replicas", 2, "paused", false, "ratio", 0.5, "names", List.of("a", "b")))
                .containsEntry("status", Map.of("observedGeneration", 3));
    }

    @Test
    void readsAnEmptyList() {
        text = "{\"items\": []}";

        assertThat(deployments()).isEmpty();
    }

    @Test
    void readsOneObject() {
        text = DEPLOYMENT;

        assertThat(reader().get("apis/apps/v1/namespaces/kubeflow/deployments/store"))
                .hasValueSatisfying(fields -> assertThat(fields).containsKeys("metadata", "spec", "status"));
    }

    @Test
    void hasNothingOfAnObjectThatIsNotThere() {
        assertThat(reader().get("api/v1/namespaces/a/configmaps/b")).isEmpty();
    }

    @Test
    void saysWithWhatTheApiServerRefuses() {
        status = 403;
        text = "{\"kind\": \"Status\", \"reason\": \"Forbidden\", \"message\": \"deployments.apps is forbidden\"}";

        assertThatThrownBy(this::deployments).isInstanceOfSatisfying(KubernetesClientException.class, e -> {
            assertThat(e.getCode()).isEqualTo(403);
            assertThat(e.getStatus().getMessage()).isEqualTo("deployments.apps is forbidden");
        });
    }

    @Test
    void saysWhatStandsBetweenAnswers() {
        status = 502;
        text = "bad gateway";

        assertThatThrownBy(this::deployments)
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(502))
                .hasMessage("bad gateway");
    }

    @Test
    void saysThatNobodyAnswers() {
        ApiReader reader = reader();
        api.stop();

        assertThatThrownBy(() -> reader.get("version"))
                .isInstanceOf(KubernetesClientException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }
}
