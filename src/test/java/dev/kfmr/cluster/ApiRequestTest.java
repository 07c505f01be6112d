package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ApiRequestTest {
    @Test
    @Timeout(20)
    void waitsForASilentServerOnlyAsLongAsItIsTold() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpClient http = ApiTransport.to(
                        new ConfigBuilder().withAutoConfigure(false).build())) {
            HttpRequest request = http.newHttpRequestBuilder()
                    .uri(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/version"))
                    .build();

            assertThatThrownBy(() ->
                            ApiRequest.send(http, request, byte[].class, Duration.ofSeconds(1), "asking a server"))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessage("no answer in 1 s");
        }
    }
}
