package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rig's git mirror behind what companies have: a proxy, and a server whose certificate only they trust. */
class CorporateNetworkIT {
    @TempDir
    private Path home;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private URI mirror;
    private Kfmr kfmr;

    @BeforeEach
    void need() {
        mirror = URI.create(Rig.variable("KFMR_GIT_MIRROR"));
        kfmr = new Kfmr("kfmr-test-company", home);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void fetchesThroughAProxyWhatOnlyItCanResolve() throws IOException {
        server = HttpServer.create(anyPort(), 0);
        serve();
        kfmr.with("HTTP_PROXY", "http://127.0.0.1:" + server.getAddress().getPort())
                .with("NO_PROXY", "other.invalid");

        verify("http://git.company.invalid").succeeded();

        assertThat(asked).isNotEmpty().allMatch(uri -> uri.startsWith("http://git.company.invalid/"));
    }

    @Test
    void goesPastTheProxyWhereNoProxySaysSo() throws IOException {
        server = HttpServer.create(anyPort(), 0);
        serve();
        kfmr.with("HTTP_PROXY", "http://127.0.0.1:" + server.getAddress().getPort())
                .with("NO_PROXY", "company.invalid");

        assertThat(verify("http://git.company.invalid").failedWith(4).output()).contains("git.company.invalid");
        assertThat(asked).isEmpty();
    }

    @Test
    void trustsAServerByTheCertificateThatIsNamed() throws Exception {
        Path certificate = serveWithACertificateOfItsOwn();
        String address = "https://localhost:" + server.getAddress().getPort();

        assertThat(verify(address).failedWith(4).output()).containsIgnoringCase("certificat");
        assertThat(asked).isEmpty();

        verify(address, "--ca-file", certificate.toString()).succeeded();
        assertThat(asked).isNotEmpty();
    }

    private Kfmr.Answer verify(String address, String... more) {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("pins", "verify", "kfp-2.17", "--no-images", "--git-mirror", address));
        arguments.addAll(List.of(more));
        return kfmr.run(arguments.toArray(String[]::new));
    }

    private Path serveWithACertificateOfItsOwn() throws IOException, GeneralSecurityException {
        OwnCertificate certificate = OwnCertificate.of("dns:localhost", home);
        HttpsServer secure = HttpsServer.create(anyPort(), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server = secure;
        serve();
        return certificate.file();
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void serve() {
        server.createContext("/", this::passOn);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** To the same path of the mirror. */
    private void passOn(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        asked.add(uri.toString());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(mirror + uri.getRawPath() + query))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String header : List.of("Content-Type", "Content-Encoding", "Accept", "Git-Protocol")) {
            exchange.getRequestHeaders()
                    .getOrDefault(header, List.of())
                    .forEach(value -> request.header(header, value));
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .add("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            exchange.close();
        }
    }
}
