package dev.kfmr.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kfmr.profile.LoginSpec.Proof;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Signs in at the gateway as a browser does: {@code /oauth2/start}, Dex's form, its callback, the session cookie. Each way
 * in which that fails has its own {@link LoginFinding}, told apart by status and body, since one status has many causes.
 *
 * <p>The exchange and its traps were recorded from Dex v2.45.0 and oauth2-proxy v7.14.3. Redirects are followed by hand: a
 * right password that ends in 401 (the gateway lacks Dex's new keys) looks like a wrong one otherwise.
 */
final class Login {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REDIRECTS = 10;
    private static final Pattern FORM_ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]+)\"");
    private static final String SESSION_COOKIE = "oauth2_proxy_kubeflow";

    /** One for all: each has threads and connections of its own, and a proof may try for minutes. */
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .followRedirects(false)
            .callTimeout(Duration.ofSeconds(20))
            .build();

    /** What a 403 means where oauth2-proxy ends a sign-in; any other one there is a callback that broke. */
    private static final Set<LoginFinding> AT_THE_CALLBACK =
            EnumSet.of(LoginFinding.CSRF, LoginFinding.IDENTITY_PROVIDER, LoginFinding.PROXY_DOWN);

    private final HttpUrl base;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Login(URI base) {
        this.base = HttpUrl.get(base);
    }

    /** An answer, read to its end. */
    record Answer(int status, String contentType, String body, @Nullable HttpUrl location) {
        /** Whether it is a JSON object that has the field. */
        boolean hasField(String name) {
            try {
                return JSON.readTree(body).has(name);
            } catch (JsonProcessingException e) {
                return false;
            }
        }

        boolean isHtml() {
            return contentType.startsWith("text/html");
        }
    }

    /** What a signed-in user gets at a path. */
    record Session(Login login) {
        Answer get(String path) throws IOException {
            return login.get(login.base.resolve(path));
        }

        /** Dex's ID token, valid for a day, which the gateway accepts as a bearer token. */
        Optional<String> bearerToken() throws IOException {
            Request request = login.request(login.base.resolve("/oauth2/auth")).build();
            try (Response response = HTTP.newCall(request).execute()) {
                return Optional.ofNullable(response.header("authorization"))
                        .filter(header -> header.startsWith("Bearer "))
                        .map(header -> header.substring("Bearer ".length()));
            }
        }
    }

    /** Why a login did not work. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final LoginFinding finding;

        Refused(LoginFinding finding, String evidence) {
            super(evidence);
            this.finding = finding;
        }

        LoginFinding finding() {
            return finding;
        }

        String evidence() {
            return String.valueOf(getMessage());
        }
    }

    Session signIn(String user, String password) throws Refused {
        try {
            cookies.clear();
            Answer form = follow(get(base.resolve("/oauth2/start?rd=%2F")), LoginFinding.PROXY_DOWN);
            Matcher action = FORM_ACTION.matcher(form.body());
            if (form.status() != 200 || !action.find()) {
                throw refused(LoginFinding.DEX_DOWN, "Dex's form", form);
            }
            HttpUrl target = base.resolve(action.group(1).replace("&amp;", "&"));
            Answer answer = post(target, user, password);
            if (answer.status() == 401 && answer.isHtml()) {
                throw refused(LoginFinding.WRONG_PASSWORD, "Dex", answer);
            }
            if (answer.status() != 303) {
                throw refused(LoginFinding.DEX_FORGOT, "Dex", answer);
            }
            Answer callback = get(answer.location());
            checkCallback(callback);
            return new Session(this);
        } catch (IOException e) {
            throw new Refused(LoginFinding.GATEWAY_DOWN, String.valueOf(e.getMessage()));
        }
    }

    private void checkCallback(Answer callback) throws Refused {
        if (callback.status() == 302 && cookies.containsKey(SESSION_COOKIE)) {
            return;
        }
        LoginFinding meaning = meaning(callback);
        boolean isKnown = callback.status() == 403 && AT_THE_CALLBACK.contains(meaning);
        throw refused(isKnown ? meaning : LoginFinding.CALLBACK, "the callback", callback);
    }

    /** Proves that a signed-in user gets what is at a path, with the reason told from status and body when not. */
    static void check(Session session, Proof proof) throws Refused {
        try {
            Answer answer = session.get(proof.path());
            if (answer.status() != 200) {
                throw refused(meaning(answer), proof.path(), answer);
            }
            if (!proof.expects().isEmpty() && !answer.hasField(proof.expects())) {
                throw refused(LoginFinding.NO_ROUTE, proof.path() + " has no " + proof.expects() + ": it", answer);
            }
        } catch (IOException e) {
            throw new Refused(LoginFinding.GATEWAY_DOWN, proof.path() + ": " + e.getMessage());
        }
    }

    /** The five meanings of 403 and the four of 401, by body: headers do not survive every Envoy. */
    static LoginFinding meaning(Answer answer) {
        String body = answer.body();
        if (answer.status() == 403) {
            if (body.isEmpty()) {
                return LoginFinding.PROXY_DOWN;
            }
            if (body.contains("RBAC")) {
                return LoginFinding.RBAC;
            }
            if (body.contains("CSRF")) {
                return LoginFinding.CSRF;
            }
            return body.contains("identity provider") ? LoginFinding.IDENTITY_PROVIDER : LoginFinding.NOT_SIGNED_IN;
        }
        if (answer.status() == 401) {
            if (body.contains("Jwks") || body.contains("Jwt")) {
                return LoginFinding.KEYS_STALE;
            }
            return LoginFinding.NOT_SIGNED_IN;
        }
        if (answer.status() == 404) {
            return LoginFinding.NO_ROUTE;
        }
        return answer.status() >= 500 ? LoginFinding.BACKEND_DOWN : LoginFinding.UNEXPECTED;
    }

    private Answer follow(Answer first, LoginFinding whenItFails) throws IOException, Refused {
        Answer answer = first;
        for (int i = 0; i < MOST_REDIRECTS && answer.location() != null; i++) {
            answer = get(answer.location());
        }
        if (answer.status() == 503 && first.location() != null) {
            throw refused(LoginFinding.DEX_DOWN, "Dex", answer);
        }
        if (first.location() == null) {
            throw refused(first.status() == 404 ? LoginFinding.NO_ROUTE : whenItFails, "/oauth2/start", first);
        }
        return answer;
    }

    private static Refused refused(LoginFinding finding, String where, Answer answer) {
        String words =
                answer.body().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        String shortened = words.length() > 160 ? words.substring(0, 160) + " ..." : words;
        return new Refused(
                finding, where + " answered " + answer.status() + (shortened.isEmpty() ? "" : ": " + shortened));
    }

    private Answer get(@Nullable HttpUrl url) throws IOException {
        return send(request(url).build());
    }

    private Answer post(@Nullable HttpUrl url, String user, String password) throws IOException {
        return send(request(url)
                .post(new FormBody.Builder()
                        .add("login", user)
                        .add("password", password)
                        .build())
                .build());
    }

    private Request.Builder request(@Nullable HttpUrl url) throws IOException {
        if (url == null) {
            throw new IOException("a redirect without a usable address");
        }
        List<String> pairs = new ArrayList<>();
        cookies.forEach((name, value) -> pairs.add(name + "=" + value));
        Request.Builder builder = new Request.Builder().url(url);
        return pairs.isEmpty() ? builder : builder.header("Cookie", String.join("; ", pairs));
    }

    private Answer send(Request request) throws IOException {
        try (Response response = HTTP.newCall(request).execute()) {
            response.headers("Set-Cookie").forEach(this::keep);
            String location = response.header("Location");
            String type = response.header("Content-Type");
            return new Answer(
                    response.code(),
                    type == null ? "" : type,
                    response.body() == null ? "" : response.body().string(),
                    location == null ? null : request.url().resolve(location));
        }
    }

    private void keep(String header) {
        String pair = header.split(";", 2)[0];
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String name = pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        if (value.isEmpty()) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }
}
