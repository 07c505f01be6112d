package dev.kfmr.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers like the real gateway, Dex and oauth2-proxy: all is well, until a test says otherwise. */
final class StagedGateway implements AutoCloseable {
    private final Map<String, Reply> replies = new HashMap<>();
    private final HttpServer server;

    record Reply(int status, String body, Map<String, String> headers) {
        static Reply page(int status, String body) {
            return new Reply(status, body, Map.of("Content-Type", "text/html; charset=utf-8"));
        }

        static Reply redirect(int status, String location) {
            return new Reply(status, "", Map.of("Location", location));
        }
    }

    StagedGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        reply("GET /oauth2/start", signInStarts());
        reply("GET /dex/auth", Reply.redirect(302, "/dex/auth/local/login?back=&state=abc"));
        reply(
                "GET /dex/auth/local/login",
                Reply.page(200, "<form method=\"post\" action=\"/dex/auth/local/login?back=&amp;state=abc\">"));
        reply("POST /dex/auth/local/login", Reply.redirect(303, "/oauth2/callback?code=1&state=2"));
        reply(
                "GET /oauth2/callback",
                new Reply(
                        302,
                        "",
                        Map.of(
                                "Location",
                                "/",
                                "Set-Cookie",
                                "oauth2_proxy_kubeflow=session; Path=/; Max-Age=86400; HttpOnly")));
        reply("GET /", Reply.page(200, "dashboard"));
        reply("GET /oauth2/auth", new Reply(202, "", Map.of("authorization", "Bearer token")));
    }

    static Reply signInStarts() {
        return new Reply(
                302,
                "",
                Map.of(
                        "Location",
                        "/dex/auth?client_id=x",
                        "Set-Cookie",
                        "oauth2_proxy_kubeflow_csrf=c; Path=/; Max-Age=900; HttpOnly"));
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param request such as {@code GET /oauth2/start} */
    void reply(String request, Reply reply) {
        replies.put(request, reply);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Reply reply = replies.getOrDefault(key, Reply.page(404, "nothing at " + key));
        if (key.equals("GET /")
                && !List.of(exchange.getRequestHeaders()
                                .getOrDefault("Cookie", List.of(""))
                                .get(0)
                                .split("; "))
                        .contains("oauth2_proxy_kubeflow=session")) {
            reply = Reply.page(403, "<title>Sign In</title>");
        }
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
