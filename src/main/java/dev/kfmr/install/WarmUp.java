package dev.kfmr.install;

import com.sun.net.httpserver.HttpServer;
import dev.kfmr.apply.ApiObjects;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.ready.ClusterView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads the classes that a look at a cluster needs, while the launcher writes the archive of loaded classes: against a
 * server of its own that answers every question with an empty list.
 */
public final class WarmUp {
    private static final byte[] EMPTY_LIST =
            "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[]}".getBytes(StandardCharsets.UTF_8);

    private WarmUp() {}

    public static void run() {
        PinsLibrary pins = new PinsLibrary();
        pins.load(pins.defaultName());
        new ProfileLibrary().load(new ProfileLibrary().names().get(0));
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, EMPTY_LIST.length);
                exchange.getResponseBody().write(EMPTY_LIST);
                exchange.close();
            });
            server.start();
            try {
                look(server.getAddress().getPort());
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void look(int port) throws IOException {
        Path kubeconfig = Files.createTempFile("kfmr", ".yaml");
        try {
            WholeFile.writePrivate(
                    kubeconfig,
                    """
                    apiVersion: v1
                    kind: Config
                    current-context: c
                    clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                    contexts: [{name: c, context: {cluster: c, user: c}}]
                    users: [{name: c, user: {}}]
                    """
                            .formatted(port));
            try (ClusterConnection connection = ClusterConnection.toKubeconfig(kubeconfig)) {
                ClusterView.read(connection.client());
                new InventoryStore(new ApiObjects(connection.client())).read();
            }
        } finally {
            Files.deleteIfExists(kubeconfig);
        }
    }
}
