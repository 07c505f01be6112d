package dev.kfmr.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kfmr.core.Resource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Istio's injector as the rig has none: gives each new pod of one namespace a container with the sidecar's name. */
final class Injector implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIGURATION = "kfmr-test-injector";

    private final Kfmr kfmr;
    private final HttpsServer server;
    private final String image;
    private final AtomicInteger asked = new AtomicInteger();

    private Injector(Kfmr kfmr, HttpsServer server) {
        this.kfmr = kfmr;
        this.server = server;
        this.image = kfmr.imageOfTheNode("/pause:");
    }

    /** @param folder for its files */
    static Injector start(Kfmr kfmr, String namespace, Path folder) throws IOException, GeneralSecurityException {
        String address = addressForTheNode(kfmr);
        OwnCertificate certificate = OwnCertificate.of("ip:" + address, folder);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(address, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        Injector injector = new Injector(kfmr, server);
        server.createContext("/", injector::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        String url = "https://" + address + ":" + server.getAddress().getPort() + "/inject";
        String ca = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate.file()));
        Path file = Files.writeString(
                folder.resolve("injector.yaml"),
                Resource.text(Injector.class, "injector.yaml")
                        .replace("{url}", url)
                        .replace("{ca}", ca)
                        .replace("{namespace}", namespace));
        kfmr.kubectl("apply", "-f", file.toString());
        return injector;
    }

    /** Where the node reaches this machine. */
    private static String addressForTheNode(Kfmr kfmr) {
        String format = "{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}";
        return Rig.run(Duration.ofSeconds(20), "docker", "inspect", "-f", format, kfmr.name() + "-control-plane")
                .map(String::strip)
                .orElseThrow(() -> new AssertionError("The node's container has no gateway"));
    }

    /** How many pods it was asked about, dry runs included. */
    int asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            JsonNode review = JSON.readTree(exchange.getRequestBody());
            String patch = JSON.writeValueAsString(
                    List.of(Map.of("op", "add", "path", "/spec/containers/-", "value", sidecar())));
            byte[] answer = JSON.writeValueAsBytes(Map.of(
                    "apiVersion",
                    review.get("apiVersion").asText(),
                    "kind",
                    "AdmissionReview",
                    "response",
                    Map.of(
                            "uid",
                            review.at("/request/uid").asText(),
                            "allowed",
                            true,
                            "patchType",
                            "JSONPatch",
                            "patch",
                            Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)))));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** Of a user of its own, since pods may forbid root. */
    private Map<String, Object> sidecar() {
        Map<String, Object> security = Map.of("runAsUser", 65535, "allowPrivilegeEscalation", false);
        return Map.of(
                "name", "istio-proxy", "image", image, "imagePullPolicy", "IfNotPresent", "securityContext", security);
    }

    @Override
    public void close() {
        kfmr.kubectl("delete", "mutatingwebhookconfiguration", CONFIGURATION);
        server.stop(0);
    }
}
