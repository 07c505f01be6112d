package dev.kfmr.cluster;

import dev.kfmr.core.Untyped;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads objects of an API server without a client: over the same connection, with the same credentials, but without the
 * types, which a new JVM would have to learn first. What a look at a healthy installation needs is read so.
 */
public final class ApiReader {
    /** Lists of one installation take milliseconds; who looks waits for a silent server no longer than this. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final int FIRST_FAILURE = 400;
    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final URI server;

    ApiReader(HttpClient http, String server) {
        this.http = http;
        this.server = URI.create(server.endsWith("/") ? server : server + "/");
    }

    /** Over the connection that a client has. */
    public static ApiReader of(KubernetesClient client) {
        return new ApiReader(client.getHttpClient(), client.getMasterUrl().toString());
    }

    /**
     * One object's fields.
     *
     * @param path such as {@code api/v1/namespaces/kubeflow/configmaps/settings}
     * @return empty where there is none
     * @throws KubernetesClientException as the API server answers
     */
    public Optional<Map<String, Object>> get(String path) {
        HttpResponse<byte[]> answer = send(path);
        return answer.code() == NOT_FOUND ? Optional.empty() : Optional.of(content(answer));
    }

    /**
     * All objects of a kind.
     *
     * @param path such as {@code apis/apps/v1/deployments}, of all namespaces
     * @throws KubernetesClientException as the API server answers
     */
    public List<PlainObject> list(String path, String apiVersion, String kind) {
        return Untyped.maps(content(send(path)).get("items")).stream()
                .map(item -> new PlainObject(apiVersion, kind, item))
                .toList();
    }

    private HttpResponse<byte[]> send(String path) {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(server.resolve(path))
                .header("Accept", "application/json")
                .build();
        return ApiRequest.send(http, request, byte[].class, LIMIT, "asking the API server");
    }

    private static Map<String, Object> content(HttpResponse<byte[]> answer) {
        try {
            if (answer.code() < FIRST_FAILURE) {
                return PlainJson.object(answer.body());
            }
            throw refusal(answer.code(), PlainJson.object(answer.body()));
        } catch (IOException e) {
            // Not of the API server's own form: a proxy, or one that is only coming up.
            String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
            throw new KubernetesClientException(text, answer.code(), null);
        }
    }

    /** @param status the object that the API server refuses with */
    private static KubernetesClientException refusal(int code, Map<String, Object> status) {
        String message = String.valueOf(status.getOrDefault("message", "it answers " + code));
        return new KubernetesClientException(
                message,
                code,
                new StatusBuilder()
                        .withCode(code)
                        .withReason(String.valueOf(status.getOrDefault("reason", "")))
                        .withMessage(message)
                        .build());
    }
}
