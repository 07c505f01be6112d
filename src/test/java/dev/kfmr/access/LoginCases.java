package dev.kfmr.access;

import dev.kfmr.access.Login.Refused;
import dev.kfmr.access.StagedGateway.Reply;
import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.profile.LoginSpec.Proof;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Signing in at a gateway of which one thing is wrong. */
public final class LoginCases implements CheckCase.Source {
    private static final Proof PAGE = new Proof("Dashboard", "dashboard", "/", "");

    private static final Map<LoginFinding, Consumer<StagedGateway>> STAGED = Map.ofEntries(
            Map.entry(LoginFinding.GATEWAY_DOWN, StagedGateway::close),
            replied(LoginFinding.PROXY_DOWN, "GET /oauth2/start", 503, "no healthy upstream"),
            replied(LoginFinding.DEX_DOWN, "GET /dex/auth", 503, "no healthy upstream"),
            replied(LoginFinding.DEX_FORGOT, "POST /dex/auth/local/login", 400, "Requested resource does not exist."),
            replied(LoginFinding.WRONG_PASSWORD, "POST /dex/auth/local/login", 401, "Invalid Email Address"),
            replied(LoginFinding.CSRF, "GET /oauth2/callback", 403, "Unable to find a valid CSRF token."),
            replied(LoginFinding.IDENTITY_PROVIDER, "GET /oauth2/callback", 403, "The upstream identity provider"),
            replied(LoginFinding.CALLBACK, "GET /oauth2/callback", 500, "Oops! Something went wrong."),
            after(LoginFinding.RBAC, 403, "RBAC: access denied"),
            after(LoginFinding.KEYS_STALE, 401, "Jwks doesn't have key to match kid or alg from Jwt"),
            after(LoginFinding.NOT_SIGNED_IN, 401, "{}"),
            after(LoginFinding.NO_ROUTE, 404, "nothing here"),
            after(LoginFinding.BACKEND_DOWN, 503, "no healthy upstream"),
            after(LoginFinding.UNEXPECTED, 418, "teapot"));

    private static Map.Entry<LoginFinding, Consumer<StagedGateway>> replied(
            LoginFinding finding, String request, int status, String body) {
        return Map.entry(finding, gateway -> gateway.reply(request, Reply.page(status, body)));
    }

    /** Of the page behind the login. */
    private static Map.Entry<LoginFinding, Consumer<StagedGateway>> after(
            LoginFinding finding, int status, String body) {
        return replied(finding, "GET /", status, body);
    }

    @Override
    public Stream<CheckCase> cases() {
        return STAGED.entrySet().stream()
                .flatMap(each -> Stream.of(
                        CheckCase.of(each.getKey().id(), Kind.FOUND, () -> seen(each.getValue())),
                        CheckCase.of(each.getKey().id(), Kind.NOT_FOUND, () -> seen(gateway -> {}))));
    }

    private static Seen seen(Consumer<StagedGateway> staging) throws Exception {
        try (StagedGateway gateway = new StagedGateway()) {
            staging.accept(gateway);
            Login login = new Login(gateway.uri());
            Login.check(login.signIn("user@example.com", "12341234"), PAGE);
            return new Seen(List.of(), List.of());
        } catch (Refused e) {
            return new Seen(List.of(e.finding().id()), List.of());
        }
    }
}
