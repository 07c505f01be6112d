package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kfmr.profile.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandingPageTest {
    /** {@code -Dkfmr.golden=write} writes the golden file anew. */
    private static final boolean WRITE = "write".equals(System.getProperty("kfmr.golden"));

    private static final Path GOLDEN = Path.of("src/test/resources/dev/kfmr/forward/landing.golden.html");

    private static final LandingContent CONTENT = new LandingContent(
            "kfmr",
            "standalone, release set 26.03",
            () -> List.of(new Credential("Object store", "minio", "minio123", "Change it with kfmr up --set …")),
            List.of(new LandingContent.NextCommand("kfmr demo", "runs the example pipeline")),
            "from kfp import Client\nprint(\"<hello>\")",
            () -> "It found nothing wrong.");

    private static final List<ForwardStatus> FORWARDS = List.of(
            status("Pipelines UI", ForwardState.READY, "", 8080, 8080, ""),
            status("Model Registry UI", ForwardState.WAITING, "image being pulled 40 s", 8084, 8084, ""),
            status("Object store", ForwardState.READY, "", 9001, 9000, "python3 (pid 4711)"));

    @Test
    void showsEveryLinkWithItsStateAndTheCredentials() throws IOException {
        String page = new LandingHtml(CONTENT).of(FORWARDS);
        if (WRITE) {
            Files.writeString(GOLDEN, page);
        }
        assertThat(page).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void escapesWhatItShows() {
        String evil = "<script>alert(\"1\")</script> & 'x' {{title}} $1";
        LandingContent content = new LandingContent(
                evil,
                evil,
                () -> List.of(new Credential(evil, evil, evil, evil)),
                List.of(new LandingContent.NextCommand(evil, evil)),
                evil,
                () -> evil);
        String page = new LandingHtml(content).of(List.of(status(evil, ForwardState.WAITING, evil, 1, 2, evil)));
        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("alert(\"")
                .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; {{title}} $1");
    }

    @Test
    void leavesOutWhatThereIsNotToSay() {
        LandingContent content = new LandingContent("kfmr", "standalone", List::of, List.of(), "", () -> "");
        assertThat(new LandingHtml(content).of(FORWARDS))
                .doesNotContain("Sign in")
                .doesNotContain("Python")
                .doesNotContain("Doctor");
    }

    @Test
    void servesThePageAndTheStatesAsJson() throws IOException {
        try (LandingPage page = LandingPage.start(0, CONTENT, () -> FORWARDS)) {
            assertThat(get(page.uri())).isEqualTo(new LandingHtml(CONTENT).of(FORWARDS));
            JsonNode json = new ObjectMapper().readTree(get(page.uri().resolve("status.json")));
            assertThat(json.at("/forwards/1/title").asText()).isEqualTo("Model Registry UI");
            assertThat(json.at("/forwards/1/state").asText()).isEqualTo("waiting");
            assertThat(json.at("/forwards/1/localPort").asInt()).isEqualTo(8084);
            assertThat(json.at("/forwards/1/since").asText()).isEqualTo("2026-11-28T05:00:00Z");
        }
    }

    @Test
    void answersToNoNameButThisMachines() throws IOException {
        try (LandingPage page = LandingPage.start(0, CONTENT, () -> FORWARDS);
                Socket socket = new Socket("127.0.0.1", page.uri().getPort())) {
            socket.getOutputStream()
                    .write(FakeApiServer.bytes("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("minio123");
        }
    }

    private static String get(URI uri) throws IOException {
        try (InputStream stream = uri.toURL().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** One to a pod that answers, but for what is said. */
    static ForwardStatus status(String title, ForwardState state, String reason, int port, int wanted, String takenBy) {
        return new ForwardStatus(
                "name",
                title,
                state,
                reason,
                "http://localhost:" + port + "/",
                "127.0.0.1",
                port,
                wanted,
                takenBy,
                "kubeflow",
                "service",
                80,
                "pod",
                0,
                Instant.parse("2026-11-28T05:00:00Z"));
    }
}
