package dev.kfmr.cluster;

import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request that the client has no word for, over its transport. */
public final class ApiRequest {
    private ApiRequest() {}

    /**
     * Waits for the answer, of whatever code.
     *
     * @param form of the body: {@code String} or {@code byte[]}
     * @param limit the longest that the answer may take
     * @param doing what for, when it is interrupted: {@code applying objects}
     * @throws KubernetesClientException when none comes
     * @throws KfmrException exit 130 when interrupted
     */
    public static <T> HttpResponse<T> send(
            HttpClient http, HttpRequest request, Class<T> form, Duration limit, String doing) {
        try {
            return http.sendAsync(request, form).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw KfmrException.interrupted(doing);
        } catch (ExecutionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        } catch (TimeoutException e) {
            // Without its cause, which has no words of its own, and whose name would stand in their place.
            throw new KubernetesClientException("no answer in " + limit.toSeconds() + " s");
        }
    }
}
