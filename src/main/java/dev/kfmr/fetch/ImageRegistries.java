package dev.kfmr.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kfmr.cluster.RegistryMirror;
import dev.kfmr.core.KfmrException;
import dev.kfmr.engine.ImageName;
import dev.kfmr.tools.Proxies;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Challenge;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Asks registries whether they have an image, by the head of its manifest: nothing is pulled, and Docker Hub does not count
 * it as a pull. As anybody, without a login, with the token that a registry gives to everybody (the distribution
 * specification's pull flow).
 */
final class ImageRegistries {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final OkHttpClient client;
    private final Optional<URI> mirror;

    /** @param mirror that is asked in place of every registry, in the way of containerd: with the registry as {@code ns} */
    ImageRegistries(Origins origins, Optional<URI> mirror) {
        var trust = origins.trust();
        this.mirror = mirror;
        this.client = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_LIMIT)
                .readTimeout(SILENCE_LIMIT)
                .proxySelector(new Proxies(origins.environment()))
                .sslSocketFactory(trust.socketFactory(), trust.manager())
                .build();
    }

    /** Why it cannot be pulled; empty when the registry has it. @throws KfmrException exit 130 when interrupted */
    Optional<String> problem(String image) {
        ImageName name = ImageName.parse(image);
        HttpUrl url = manifest(name);
        try {
            int code = head(url, Optional.empty());
            return explain(code, url.host());
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw KfmrException.interrupted("asking for " + image);
            }
            return Optional.of(
                    url.host() + " does not answer: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private HttpUrl manifest(ImageName name) {
        URI registry = mirror.orElseGet(() -> URI.create("https://" + name.host()));
        HttpUrl.Builder url = HttpUrl.get(new RegistryMirror(registry).api().toString())
                .newBuilder()
                .addPathSegments(name.repository())
                .addPathSegment("manifests")
                .addPathSegment(name.reference());
        mirror.ifPresent(used -> url.addQueryParameter("ns", name.registry()));
        return url.build();
    }

    private int head(HttpUrl url, Optional<String> token) throws IOException {
        Request.Builder request = new Request.Builder().url(url).head().header("Accept", MANIFESTS);
        token.ifPresent(given -> request.header("Authorization", "Bearer " + given));
        Optional<HttpUrl> tokens;
        try (Response response = client.newCall(request.build()).execute()) {
            tokens = token.isPresent() ? Optional.empty() : tokens(response);
            if (tokens.isEmpty()) {
                return response.code();
            }
        }
        Optional<String> given = token(tokens.get());
        return given.isEmpty() ? UNAUTHORIZED : head(url, given);
    }

    /** Where a registry that refuses sends those who ask. */
    private static Optional<HttpUrl> tokens(Response response) {
        if (response.code() != UNAUTHORIZED) {
            return Optional.empty();
        }
        return response.challenges().stream()
                .filter(challenge -> challenge.scheme().equalsIgnoreCase("Bearer"))
                .map(Challenge::authParams)
                .filter(params -> params.get("realm") != null)
                .findFirst()
                .map(params -> {
                    HttpUrl.Builder url =
                            HttpUrl.get(String.valueOf(params.get("realm"))).newBuilder();
                    Optional.ofNullable(params.get("service"))
                            .ifPresent(service -> url.addQueryParameter("service", service));
                    Optional.ofNullable(params.get("scope")).ifPresent(scope -> url.addQueryParameter("scope", scope));
                    return url.build();
                });
    }

    private Optional<String> token(HttpUrl url) throws IOException {
        Request request = new Request.Builder().url(url).build();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                return Optional.empty();
            }
            JsonNode answer = JSON.readTree(response.body().string());
            String token =
                    answer.path("token").asText(answer.path("access_token").asText(""));
            return Optional.of(token).filter(given -> !given.isEmpty());
        }
    }

    private static Optional<String> explain(int code, String host) {
        return switch (code) {
            case NOT_FOUND -> Optional.of("not found at " + host);
            // Some registries answer so for what does not exist, to tell nobody what does.
            case UNAUTHORIZED, FORBIDDEN -> Optional.of("not found at " + host + ", or only after a login");
            case TOO_MANY -> Optional.of(host + " allows no more requests for now");
            default -> code < 300 ? Optional.empty() : Optional.of(host + " answers " + code);
        };
    }
}
