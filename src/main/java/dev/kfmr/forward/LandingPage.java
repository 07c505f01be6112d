package dev.kfmr.forward;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kfmr.core.KfmrException;
import dev.kfmr.forward.PortBinder.BoundPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small web server on loopback: {@code /} is one page with every link, its state and the credentials; {@code
 * /status.json} the states alone. It answers only to names of this machine, so that no foreign page can read it through a
 * name of its own.
 */
public final class LandingPage implements AutoCloseable {
    private static final Set<String> OUR_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final Supplier<List<ForwardStatus>> forwards;
    private final LandingHtml html;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, LandingPage::daemon);
    private final LocalPort port;

    private LandingPage(int wantedPort, LandingHtml html, Supplier<List<ForwardStatus>> forwards) {
        this.html = html;
        this.forwards = forwards;
        this.port = LocalPort.open(ForwardOptions.LOOPBACK, wantedPort, false, Set.of(), this::bind);
    }

    /** @throws KfmrException exit 3 when no port is free */
    public static LandingPage start(int wantedPort, LandingContent content, Supplier<List<ForwardStatus>> forwards) {
        return new LandingPage(wantedPort, new LandingHtml(content), forwards);
    }

    public URI uri() {
        return URI.create("http://" + port.host() + ":" + port.port() + "/");
    }

    @Override
    public void close() {
        port.close();
        threads.shutdownNow();
    }

    private BoundPort bind(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        return new Served(server);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, FORBIDDEN, "text/plain", "This page answers to localhost only.\n");
            } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
                send(exchange, METHOD_NOT_ALLOWED, "text/plain", "Only GET.\n");
            } else if ("/".equals(path)) {
                send(exchange, OK, "text/html", html.of(forwards.get()));
            } else if ("/status.json".equals(path)) {
                send(
                        exchange,
                        OK,
                        "application/json",
                        StatusJson.write(new ForwardReport(uri().toString(), forwards.get())));
            } else {
                send(exchange, NOT_FOUND, "text/plain", "Nothing here.\n");
            }
        }
    }

    private static boolean isOurs(@Nullable String host) {
        return host != null && OUR_NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "kfmr-landing");
        thread.setDaemon(true);
        return thread;
    }

    private record Served(HttpServer server) implements BoundPort {
        @Override
        public int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
