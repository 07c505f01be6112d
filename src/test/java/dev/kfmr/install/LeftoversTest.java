package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.ready.LocalApi;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final String ISTIOD = "apps/v1/Deployment/istio-system/istiod";
    private static final String ISTIO_NAMESPACE = "/v1/Namespace//istio-system";

    private LocalApi api;

    @BeforeEach
    void serve() throws IOException {
        api = new LocalApi(LeftoversTest::answer);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        LocalApi.send(
                exchange,
                200,
                switch (exchange.getRequestURI().toString()) {
                    case "/api/v1/configmaps?fieldSelector=metadata.name%3Distio-ca-root-cert" ->
                        """
                        {"items": [
                          {"metadata": {"name": "istio-ca-root-cert", "namespace": "istio-system"}, "data": {"root-cert.pem": "ours"}},
                          {"metadata": {"name": "istio-ca-root-cert", "namespace": "default"}, "data": {"root-cert.pem": "ours"}},
                          {"metadata": {"name": "istio-ca-root-cert", "namespace": "theirs"}, "data": {"root-cert.pem": "theirs"}}]}
                        """;
                    case "/api/v1/namespaces" ->
                        """
                        {"items": [
                          {"metadata": {"name": "default"}},
                          {"metadata": {"name": "alice", "ownerReferences": [{"kind": "Profile", "name": "alice"}]}},
                          {"metadata": {"name": "bob", "ownerReferences": [{"kind": "Profile", "name": "bob"}]}}]}
                        """;
                    default -> throw new IOException("asked for " + exchange.getRequestURI());
                });
    }

    private Leftovers of(String... objects) {
        List<ObjectRef> refs = Arrays.stream(objects).map(ObjectRef::parse).toList();
        return Leftovers.of(
                new Inventory("r", "p", Map.of(), List.of(), Map.of("all", refs)), ApiReader.of(api.client()));
    }

    @Test
    void areTheRootCertificatesOfThisIstioInNamespacesOfOthers() {
        assertThat(of(ISTIOD, ISTIO_NAMESPACE).rootCertificates())
                .containsExactly(ObjectRef.parse("/v1/ConfigMap/default/istio-ca-root-cert"));
    }

    @Test
    void areNoRootCertificatesWhereThereIsNoIstioOfKfmrs() {
        assertThat(of("/v1/Namespace//kubeflow").rootCertificates()).isEmpty();
    }

    @Test
    void areTheNamespacesOfItsProfiles() {
        assertThat(of("kubeflow.org/v1/Profile//alice").namespaces())
                .containsExactly(ObjectRef.parse("/v1/Namespace//alice"));
    }
}
