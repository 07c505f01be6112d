package dev.kfmr.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kfmr.core.Untyped;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of an API server as looks ask: lists and single objects, of which one path may be refused. */
final class StubApiServer implements AutoCloseable {
    private final List<Map<String, Object>> objects;
    private final String refused;
    private final int status;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * @param refused beginning of paths; empty for none
     * @param status that they are refused with
     */
    StubApiServer(List<Map<String, Object>> objects, String refused, int status) throws IOException {
        this.objects = List.copyOf(objects);
        this.refused = refused;
        this.status = status;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!refused.isEmpty() && path.startsWith(refused)) {
            send(exchange, status, problem(status, "refused by the test"));
        } else if (path.equals("/readyz") || path.contains("/proxy/")) {
            send(exchange, 200, "ok");
        } else if (path.equals("/version")) {
            send(exchange, 200, version());
        } else {
            objects(exchange, Arrays.asList(path.substring(1).split("/")));
        }
    }

    /** Not an object of the API, but listed with them. */
    private String version() {
        return objects.stream()
                .filter(each -> "Version".equals(each.get("kind")))
                .findFirst()
                .map(Serialization::asJson)
                .orElse("{}");
    }

    private void objects(HttpExchange exchange, List<String> path) throws IOException {
        // /api/v1/… or /apis/GROUP/VERSION/…
        List<String> rest = path.subList(path.get(0).equals("api") ? 2 : 3, path.size());
        boolean isInNamespace = rest.size() > 2 && rest.get(0).equals("namespaces");
        Optional<String> namespace = isInNamespace ? Optional.of(rest.get(1)) : Optional.empty();
        List<String> named = isInNamespace ? rest.subList(2, rest.size()) : rest;
        List<Map<String, Object>> found = objects.stream()
                .filter(each -> plural(each).equals(named.get(0)))
                .filter(each -> namespace
                        .map(wanted -> wanted.equals(metadata(each).get("namespace")))
                        .orElse(true))
                .filter(each -> hasLabel(each, selector(exchange, "labelSelector")))
                .filter(each -> hasPhase(each, selector(exchange, "fieldSelector")))
                .toList();
        if (named.size() == 1) {
            send(
                    exchange,
                    200,
                    Serialization.asJson(Map.of("metadata", Map.of("resourceVersion", "1"), "items", found)));
            return;
        }
        Optional<Map<String, Object>> one = found.stream()
                .filter(each -> named.get(1).equals(metadata(each).get("name")))
                .findFirst();
        if (one.isPresent() && named.size() > 2 && named.get(2).equals("log")) {
            send(exchange, 200, String.valueOf(one.get().get("log")));
            return;
        }
        send(
                exchange,
                one.isPresent() ? 200 : 404,
                one.map(Serialization::asJson).orElseGet(() -> problem(404, "no such object")));
    }

    /** {@code app=store}; empty for none. */
    private static String selector(HttpExchange exchange, String kind) {
        String query = exchange.getRequestURI().getRawQuery();
        return Arrays.stream((query == null ? "" : query).split("&"))
                .filter(each -> each.startsWith(kind + "="))
                .map(each -> URLDecoder.decode(each.substring(kind.length() + 1), UTF_8))
                .findFirst()
                .orElse("");
    }

    private static boolean hasLabel(Map<String, Object> object, String selector) {
        String[] wanted = selector.split("=", 2);
        Map<String, Object> labels = Untyped.map(metadata(object).get("labels"));
        return selector.isEmpty()
                || (labels.containsKey(wanted[0]) && (wanted.length == 1 || wanted[1].equals(labels.get(wanted[0]))));
    }

    /** The only field that looks select by. */
    private static boolean hasPhase(Map<String, Object> object, String selector) {
        return selector.isEmpty()
                || selector.equals(
                        "status.phase=" + Untyped.map(object.get("status")).get("phase"));
    }

    static Map<String, Object> metadata(Map<String, Object> object) {
        return Untyped.map(object.get("metadata"));
    }

    private static String plural(Map<String, Object> object) {
        String kind = String.valueOf(object.get("kind")).toLowerCase(Locale.ROOT);
        return kind + (kind.endsWith("s") ? "es" : "s");
    }

    private static String problem(int code, String message) {
        return Serialization.asJson(
                Map.of("apiVersion", "v1", "kind", "Status", "status", "Failure", "code", code, "message", message));
    }

    private static void send(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
