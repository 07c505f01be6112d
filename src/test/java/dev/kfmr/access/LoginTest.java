package dev.kfmr.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kfmr.access.Login.Answer;
import dev.kfmr.access.Login.Refused;
import dev.kfmr.check.Severity;
import dev.kfmr.core.Deadline;
import dev.kfmr.profile.LoginSpec.Proof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers like the real gateway, Dex and oauth2-proxy, faults included. */
class LoginTest {
    private static final Proof PAGE = new Proof("Dashboard", "dashboard", "/", "");
    private static final Proof API = new Proof("API", "registry", "/", "items");

    private final Map<String, Reply> replies = new HashMap<>();
    private HttpServer server;
    private Login login;

    private record Reply(int status, String body, Map<String, String> headers) {
        static Reply page(int status, String body) {
            return new Reply(status, body, Map.of("Content-Type", "text/html; charset=utf-8"));
        }

        static Reply redirect(int status, String location) {
            return new Reply(status, "", Map.of("Location", location));
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        login = new Login(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        replies.put("GET /oauth2/start", signInStarts());
        replies.put("GET /dex/auth", Reply.redirect(302, "/dex/auth/local/login?back=&state=abc"));
        replies.put(
                "GET /dex/auth/local/login",
                Reply.page(200, "<form method=\"post\" action=\"/dex/auth/local/login?back=&amp;state=abc\">"));
        replies.put("POST /dex/auth/local/login", Reply.redirect(303, "/oauth2/callback?code=1&state=2"));
        replies.put(
                "GET /oauth2/callback",
                new Reply(
                        302,
                        "",
                        Map.of(
                                "Location",
                                "/",
                                "Set-Cookie",
                                "oauth2_proxy_kubeflow=session; Path=/; Max-Age=86400; HttpOnly")));
        replies.put("GET /", Reply.page(200, "dashboard"));
        replies.put("GET /oauth2/auth", new Reply(202, "", Map.of("authorization", "Bearer token")));
    }

    @AfterEach
    void stop() {
        server.stop(0);
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

    private void isRefusedWith(LoginFinding finding) {
        assertThatThrownBy(() -> Login.check(login.signIn("user@example.com", "12341234"), PAGE))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.finding()).isEqualTo(finding));
    }

    @Test
    void signsInAndGetsThePageAndTheToken() throws Exception {
        Login.Session session = login.signIn("user@example.com", "12341234");

        assertThat(session.get("/").body()).isEqualTo("dashboard");
        assertThat(session.bearerToken()).contains("token");
    }

    @Test
    void knowsAnApiWhosePathEndsAtTheDashboard() {
        assertThatThrownBy(() -> Login.check(login.signIn("user@example.com", "12341234"), API))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.finding()).isEqualTo(LoginFinding.NO_ROUTE));
    }

    @Test
    void triesAgainWhatMayPass() {
        replies.put("GET /oauth2/start", new Reply(503, "no healthy upstream", Map.of()));
        List<String> told = new ArrayList<>();

        var trouble = proof().await(Deadline.in(Duration.ofSeconds(20)), finding -> {
            told.add(finding.id());
            replies.put("GET /oauth2/start", signInStarts());
        });

        assertThat(trouble).isEmpty();
        assertThat(told).containsExactly("login.proxy-down");
    }

    @Test
    void saysAtOnceWhatDoesNotPass() {
        replies.put("POST /dex/auth/local/login", Reply.page(401, "Invalid Email Address and password."));

        var trouble = proof().await(Deadline.in(Duration.ofMinutes(5)), finding -> {});

        assertThat(trouble).hasValueSatisfying(finding -> {
            assertThat(finding.id()).isEqualTo("login.wrong-password");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        });
    }

    private static Reply signInStarts() {
        return new Reply(
                302,
                "",
                Map.of(
                        "Location",
                        "/dex/auth?client_id=x",
                        "Set-Cookie",
                        "oauth2_proxy_kubeflow_csrf=c; Path=/; Max-Age=900; HttpOnly"));
    }

    private LoginProof proof() {
        URI gateway = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new LoginProof(gateway, "user@example.com", "12341234", List.of(PAGE));
    }

    @Test
    void knowsAWrongPassword() {
        replies.put("POST /dex/auth/local/login", Reply.page(401, "Invalid Email Address and password."));
        isRefusedWith(LoginFinding.WRONG_PASSWORD);
    }

    @Test
    void knowsADexThatIsDown() {
        replies.put("GET /dex/auth", new Reply(503, "no healthy upstream", Map.of("Content-Type", "text/plain")));
        isRefusedWith(LoginFinding.DEX_DOWN);
    }

    @Test
    void knowsAProxyThatIsDown() {
        replies.put("GET /oauth2/start", new Reply(503, "no healthy upstream", Map.of()));
        isRefusedWith(LoginFinding.PROXY_DOWN);
    }

    @Test
    void knowsADexThatForgotTheSignIn() {
        replies.put("POST /dex/auth/local/login", Reply.page(400, "Requested resource does not exist."));
        isRefusedWith(LoginFinding.DEX_FORGOT);
    }

    @Test
    void knowsALostCsrfCookie() {
        replies.put("GET /oauth2/callback", Reply.page(403, "Login Failed: Unable to find a valid CSRF token."));
        isRefusedWith(LoginFinding.CSRF);
    }

    @Test
    void knowsACodeThatCouldNotBeRedeemed() {
        replies.put("GET /oauth2/callback", Reply.page(500, "Oops! Something went wrong."));
        isRefusedWith(LoginFinding.CALLBACK);
    }

    @Test
    void knowsAGatewayThatDoesNotAnswer() {
        server.stop(0);
        isRefusedWith(LoginFinding.GATEWAY_DOWN);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "403, '', PROXY_DOWN",
                "403, 'RBAC: access denied', RBAC",
                "403, '<title>Sign In</title>', NOT_SIGNED_IN",
                "403, 'Login Failed: Unable to find a valid CSRF token', CSRF",
                "403, 'The upstream identity provider returned an error', IDENTITY_PROVIDER",
                "401, '{}', NOT_SIGNED_IN",
                "401, 'Jwks doesn''t have key to match kid or alg from Jwt', KEYS_STALE",
                "404, '', NO_ROUTE",
                "503, 'no healthy upstream', BACKEND_DOWN",
                "418, '', UNEXPECTED"
            })
    void tellsTheMeaningsOfOneStatusApartByBody(int status, String body, LoginFinding meaning) {
        assertThat(Login.meaning(new Answer(status, "text/plain", body, null))).isEqualTo(meaning);
    }
}
