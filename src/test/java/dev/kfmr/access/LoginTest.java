package dev.kfmr.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.access.Login.Answer;
import dev.kfmr.access.Login.Refused;
import dev.kfmr.access.StagedGateway.Reply;
import dev.kfmr.check.Severity;
import dev.kfmr.core.Deadline;
import dev.kfmr.profile.LoginSpec.Proof;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

    private StagedGateway gateway;
    private Login login;

    @BeforeEach
    void start() throws IOException {
        gateway = new StagedGateway();
        login = new Login(gateway.uri());
    }

    @AfterEach
    void stop() {
        gateway.close();
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
        gateway.reply("GET /oauth2/start", new Reply(503, "no healthy upstream", Map.of()));
        List<String> told = new ArrayList<>();

        var trouble = proof().await(Deadline.in(Duration.ofSeconds(20)), finding -> {
            told.add(finding.id());
            gateway.reply("GET /oauth2/start", StagedGateway.signInStarts());
        });

        assertThat(trouble).isEmpty();
        assertThat(told).containsExactly("login.proxy-down");
    }

    @Test
    void saysAtOnceWhatDoesNotPass() {
        gateway.reply("POST /dex/auth/local/login", Reply.page(401, "Invalid Email Address and password."));

        var trouble = proof().await(Deadline.in(Duration.ofMinutes(5)), finding -> {});

        assertThat(trouble).hasValueSatisfying(finding -> {
            assertThat(finding.id()).isEqualTo("login.wrong-password");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        });
    }

    private LoginProof proof() {
        return new LoginProof(gateway.uri(), "user@example.com", "12341234", List.of(PAGE));
    }

    @Test
    void knowsAWrongPassword() {
        gateway.reply("POST /dex/auth/local/login", Reply.page(401, "Invalid Email Address and password."));
        isRefusedWith(LoginFinding.WRONG_PASSWORD);
    }

    @Test
    void knowsADexThatIsDown() {
        gateway.reply("GET /dex/auth", new Reply(503, "no healthy upstream", Map.of("Content-Type", "text/plain")));
        isRefusedWith(LoginFinding.DEX_DOWN);
    }

    @Test
    void knowsAProxyThatIsDown() {
        gateway.reply("GET /oauth2/start", new Reply(503, "no healthy upstream", Map.of()));
        isRefusedWith(LoginFinding.PROXY_DOWN);
    }

    @Test
    void knowsADexThatForgotTheSignIn() {
        gateway.reply("POST /dex/auth/local/login", Reply.page(400, "Requested resource does not exist."));
        isRefusedWith(LoginFinding.DEX_FORGOT);
    }

    @Test
    void knowsALostCsrfCookie() {
        gateway.reply("GET /oauth2/callback", Reply.page(403, "Login Failed: Unable to find a valid CSRF token."));
        isRefusedWith(LoginFinding.CSRF);
    }

    @Test
    void knowsACodeThatCouldNotBeRedeemed() {
        gateway.reply("GET /oauth2/callback", Reply.page(500, "Oops! Something went wrong."));
        isRefusedWith(LoginFinding.CALLBACK);
    }

    @Test
    void knowsAGatewayThatDoesNotAnswer() {
        gateway.close();
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
