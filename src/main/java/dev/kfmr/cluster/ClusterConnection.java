package dev.kfmr.cluster;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A way to a cluster's API server. Opening it sends nothing yet. What is only read goes through {@link #reader}; the client, of the
 * same connection, is made when it is first asked for. Close it.
 */
public final class ClusterConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** The client's own default makes a closed port fail only after 21 s. */
    private static final int RETRIES = 2;

    private static final int UNAUTHORIZED = 401;
    private static final String READY = "ok";

    private final Config config;
    private final HttpClient http;
    private Optional<KubernetesClient> client = Optional.empty();

    private ClusterConnection(Config config, HttpClient http) {
        this.config = config;
        this.http = http;
    }

    private static Config tuned(Config config) {
        return new ConfigBuilder(config)
                // Otherwise what a context lacks is filled in from the current one: another user's certificate.
                .withAutoConfigure(false)
                .withOauthTokenProvider(config.getOauthTokenProvider())
                .withRequestRetryBackoffLimit(RETRIES)
                .withConnectionTimeout((int) CONNECT.toMillis())
                .withRequestTimeout((int) REQUEST.toMillis())
                .build();
    }

    /**
     * To the cluster of a kubeconfig as kind writes it. A kind cluster is on this machine: no proxy is used.
     *
     * @throws KfmrException exit 3, {@code cluster.no-kubeconfig}, when the file is missing or broken
     */
    public static ClusterConnection toKubeconfig(Path kubeconfig) {
        try {
            Config config = tuned(KindKubeconfig.read(kubeconfig));
            Optional<KindTls> tls = KindTls.of(config);
            HttpClient http = tls.isPresent() ? ApiTransport.toKind(config, tls.get()) : ApiTransport.to(config);
            return new ClusterConnection(config, http);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "cluster.no-kubeconfig",
                    "Cannot read the credentials of the cluster.",
                    kubeconfig + ": " + e.getMessage(),
                    "Run kfmr up: it writes them anew.",
                    e);
        }
    }

    /**
     * To a context of the user's own kubeconfig.
     *
     * @throws KfmrException exit 2, {@code context.unknown}
     */
    public static ClusterConnection toContext(String context) {
        Config config = Config.autoConfigure(context);
        boolean found = config.getCurrentContext() != null
                && context.equals(config.getCurrentContext().getName());
        if (!found) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "context.unknown",
                    "There is no context " + context + ".",
                    "The kubeconfig, $KUBECONFIG or ~/.kube/config, does not name it.",
                    "See which there are: kubectl config get-contexts");
        }
        Optional.ofNullable(config.getAutoOAuthToken())
                .ifPresent(token -> config.setOauthTokenProvider(new ContextToken(
                        token, () -> Config.autoConfigure(context).getAutoOAuthToken(), Clock.systemUTC())));
        Config tuned = tuned(config);
        return new ClusterConnection(tuned, ApiTransport.to(tuned));
    }

    public synchronized KubernetesClient client() {
        if (client.isEmpty()) {
            client = Optional.of(new KubernetesClientImpl(
                    http, config, KubernetesClientImpl.DEFAULT_EXECUTOR_SUPPLIER, ClientParts.json()));
        }
        return client.get();
    }

    public ApiReader reader() {
        return new ApiReader(http, config.getMasterUrl());
    }

    /** Such as {@code v1.34.3}. */
    public String serverVersion() {
        return client().getKubernetesVersion().getGitVersion();
    }

    /**
     * Waits until the API server says that it is ready.
     *
     * @throws KfmrException exit 5, {@code cluster.not-ready}; exit 3, {@code cluster.credentials}, when it does not
     *     accept who asks
     */
    public void awaitReady(Deadline deadline) {
        for (String answer = readiness(); !answer.equals(READY); answer = readiness()) {
            if (deadline.passed()) {
                throw notReady(deadline, answer);
            }
            deadline.sleep(PAUSE, "waiting for the API server");
        }
    }

    /** {@value #READY}, or why not. */
    private String readiness() {
        try {
            return String.valueOf(client().raw("/readyz"));
        } catch (KubernetesClientException e) {
            if (e.getCode() == UNAUTHORIZED) {
                throw notAccepted(e);
            }
            return String.valueOf(e.getMessage());
        }
    }

    private KfmrException notReady(Deadline deadline, String answer) {
        return new KfmrException(
                ExitCode.NOT_READY,
                "cluster.not-ready",
                "The API server did not become ready within " + deadline.limit().toSeconds() + " s.",
                config.getMasterUrl() + ": " + answer,
                "Run kfmr doctor. A node that was just started may need another minute.");
    }

    private KfmrException notAccepted(KubernetesClientException e) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "cluster.credentials",
                "The API server does not accept these credentials.",
                config.getMasterUrl() + ": " + e.getMessage(),
                "The cluster was made anew by somebody else, or the credentials expired: run kfmr up.",
                e);
    }

    @Override
    public synchronized void close() {
        if (client.isPresent()) {
            client.get().close();
        } else {
            http.close();
        }
    }
}
