package dev.kfmr.rest;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends requests to one program's REST API. The program may be away for a while, as its pod is replaced or the API
 * server restarts: what may be sent twice is sent again until the patience ends; what may not, only when its connection
 * was refused, so that it cannot have arrived. Immutable: each {@code with} gives a new one.
 */
public final class RestClient {
    /** The code of the error that says that no answer came. */
    public static final String UNANSWERED = "rest.unanswered";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES_FOR_EACH_WORD = 10;
    private static final MediaType JSON = Objects.requireNonNull(MediaType.parse("application/json"));
    private static final MediaType BYTES = Objects.requireNonNull(MediaType.parse("application/octet-stream"));
    private static final RequestBody NOTHING = RequestBody.create(new byte[0]);
    /** What stands between answers so when the program behind it is away. */
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    /** No connection is kept: the pod at its end may be another one by the next request. Always this machine: no proxy. */
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .connectTimeout(CONNECT_LIMIT)
            .readTimeout(SILENCE_LIMIT)
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .followRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .build();

    private final String program;
    private final HttpUrl base;
    private final Map<String, String> headers;
    private final Duration patience;
    private final Supplier<String> whyAway;
    private final Consumer<String> onWaiting;

    private RestClient(
            String program,
            HttpUrl base,
            Map<String, String> headers,
            Duration patience,
            Supplier<String> whyAway,
            Consumer<String> onWaiting) {
        this.program = program;
        this.base = base;
        this.headers = Map.copyOf(headers);
        this.patience = patience;
        this.whyAway = whyAway;
        this.onWaiting = onWaiting;
    }

    /**
     * @param program for people, such as {@code Kubeflow Pipelines}
     * @param base what every path of a request is relative to, such as {@code http://localhost:8082/api/v1}
     */
    public static RestClient of(String program, URI base) {
        return new RestClient(
                program,
                HttpUrl.get(base.toString()).newBuilder().addPathSegment("").build(),
                Map.of(),
                PATIENCE,
                () -> "",
                text -> {});
    }

    /** Sent with every request: behind a login, a bearer token. */
    public RestClient withHeaders(Map<String, String> newHeaders) {
        return new RestClient(program, base, newHeaders, patience, whyAway, onWaiting);
    }

    /** How long a program that does not answer is waited for. */
    public RestClient withPatience(Duration limit) {
        return new RestClient(program, base, headers, limit, whyAway, onWaiting);
    }

    /** Told now and then, for people, while a request is sent again and again. */
    public RestClient onWaiting(Consumer<String> listener) {
        return new RestClient(program, base, headers, patience, whyAway, listener);
    }

    /** @param reason what is known of a program that does not answer; empty when nothing is */
    public RestClient withReason(Supplier<String> reason) {
        return new RestClient(program, base, headers, patience, reason, onWaiting);
    }

    public RestAnswer get(String path) {
        return get(path, Map.of());
    }

    public RestAnswer get(String path, Map<String, String> query) {
        return send(request(path, query).get().build(), true);
    }

    /** Sent again only when it cannot have arrived. @throws KfmrException exit 3, {@code rest.unanswered} */
    public RestAnswer postOnce(String path, String json) {
        return send(request(path, Map.of()).post(json(json)).build(), false);
    }

    /** For what may arrive twice. */
    public RestAnswer post(String path, String json) {
        return send(request(path, Map.of()).post(json(json)).build(), true);
    }

    /** A command without a body, such as {@code runs/1:terminate}; may arrive twice. */
    public RestAnswer post(String path) {
        return send(request(path, Map.of()).post(NOTHING).build(), true);
    }

    /** One file as a form's field; may arrive twice. */
    public RestAnswer upload(String path, Map<String, String> query, String field, String fileName, String content) {
        MultipartBody form = new MultipartBody.Builder()
                .setType(MultipartBody.FORM)
                .addFormDataPart(field, fileName, RequestBody.create(content, BYTES))
                .build();
        return send(request(path, query).post(form).build(), true);
    }

    public RestAnswer patch(String path, String json) {
        return send(request(path, Map.of()).patch(json(json)).build(), true);
    }

    public RestAnswer delete(String path) {
        return send(request(path, Map.of()).delete().build(), true);
    }

    private static RequestBody json(String json) {
        return RequestBody.create(json, JSON);
    }

    private Request.Builder request(String path, Map<String, String> query) {
        HttpUrl.Builder url = base.newBuilder().removePathSegment(base.pathSize() - 1);
        url.addPathSegments(path);
        query.forEach(url::addQueryParameter);
        Request.Builder request = new Request.Builder().url(url.build());
        headers.forEach(request::header);
        return request;
    }

    private RestAnswer send(Request request, boolean mayArriveTwice) {
        String what = request.method() + " " + request.url().encodedPath();
        Deadline deadline = Deadline.in(patience);
        for (int tries = 0; ; tries++) {
            String problem;
            try (Response response = HTTP.newCall(request).execute()) {
                String text = response.body().string();
                if (!AWAY.contains(response.code()) || !mayArriveTwice || deadline.passed()) {
                    return RestAnswer.of(program, what, response.code(), text);
                }
                problem = "it answers " + response.code();
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw KfmrException.interrupted("asking " + program);
                }
                boolean maySendAgain = mayArriveTwice || e instanceof ConnectException;
                if (!maySendAgain || deadline.passed()) {
                    throw unanswered(what, e);
                }
                problem = String.valueOf(e.getMessage());
            }
            if (tries % TRIES_FOR_EACH_WORD == 0) {
                String known = whyAway.get();
                onWaiting.accept(
                        program + " does not answer: " + (known.isEmpty() ? problem : known) + "; trying again");
            }
            deadline.sleep(PAUSE, "waiting for " + program);
        }
    }

    private KfmrException unanswered(String what, IOException e) {
        String known = whyAway.get();
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                UNANSWERED,
                program + " does not answer.",
                what + ": " + (known.isEmpty() ? e.getMessage() : known),
                "See whether it runs: kfmr status",
                e);
    }
}
