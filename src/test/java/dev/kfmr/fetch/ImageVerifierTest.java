package dev.kfmr.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageVerifierTest {
    private static final String IMAGE = "ghcr.io/kubeflow/kfp-launcher:2.16.1";
    private static final String MANIFEST = "/v2/kubeflow/kfp-launcher/manifests/2.16.1";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksTheMirrorInTheWayOfContainerd() throws InterruptedException {
        server.enqueue(new MockResponse.Builder().code(200).build());

        PinFinding finding = verify(server.url("/").toString());

        assertThat(finding).isEqualTo(new PinFinding(true, "images", IMAGE + " is there", "pins.yaml:7"));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("HEAD");
        assertThat(request.getTarget()).isEqualTo(MANIFEST + "?ns=ghcr.io");
        assertThat(request.getHeaders().get("Accept")).contains("oci.image.index", "manifest.list.v2");
    }

    @ParameterizedTest
    @CsvSource({"/hub, /v2/hub", "/v2/hub, /v2/hub", "/v2/hub/, /v2/hub", "/v2, /v2"})
    void keepsThePathOfAMirror(String path, String before) throws InterruptedException {
        server.enqueue(new MockResponse.Builder().code(200).build());

        verify(server.url(path).toString());

        assertThat(server.takeRequest().getTarget())
                .isEqualTo(before + "/kubeflow/kfp-launcher/manifests/2.16.1?ns=ghcr.io");
    }

    @Test
    void fetchesTheTokenThatARegistryGivesToEverybody() throws InterruptedException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getTarget().startsWith("/token")) {
                    return new MockResponse.Builder()
                            .body("{\"token\": \"t0\"}")
                            .build();
                }
                boolean isAllowed = "Bearer t0".equals(request.getHeaders().get("Authorization"));
                return isAllowed
                        ? new MockResponse.Builder().code(200).build()
                        : new MockResponse.Builder()
                                .code(401)
                                .addHeader(
                                        "WWW-Authenticate",
                                        "Bearer realm=\"" + server.url("/token")
                                                + "\",service=\"reg\",scope=\"repository:kubeflow/kfp-launcher:pull\"")
                                .build();
            }
        });

        assertThat(verify(server.url("/").toString()).ok()).isTrue();

        server.takeRequest();
        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/token?service=reg&scope=repository%3Akubeflow%2Fkfp-launcher%3Apull");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | not found at localhost",
                "401 | not found at localhost, or only after a login",
                "403 | not found at localhost, or only after a login",
                "429 | localhost allows no more requests for now",
                "500 | localhost answers 500",
            })
    void saysWhyAnImageCannotBePulled(int code, String why) {
        server.enqueue(new MockResponse.Builder().code(code).build());

        PinFinding finding = verify("http://localhost:" + server.getPort());

        assertThat(finding.ok()).isFalse();
        assertThat(finding.text()).isEqualTo(IMAGE + ": " + why);
    }

    @Test
    void saysWhenARegistryDoesNotAnswer() {
        PinFinding finding = verify("http://127.0.0.1:1");

        assertThat(finding.ok()).isFalse();
        assertThat(finding.text()).startsWith(IMAGE + ": 127.0.0.1 does not answer: ConnectException");
    }

    private static PinFinding verify(String mirror) {
        Origins origins = new Origins(Optional.empty(), Map.of(), Optional.empty());
        List<PinFinding> findings = new ImageVerifier(origins, Optional.of(URI.create(mirror)), Progress.silent())
                .verify(Map.of(IMAGE, "pins.yaml:7"), Deadline.in(Duration.ofSeconds(30)));
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
