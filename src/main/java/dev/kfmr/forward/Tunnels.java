package dev.kfmr.forward;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Opens tunnels to pods: by sessions that are used again and again, and where those are not let through, by a web socket
 * for each. See docs/decisions/0009-tunnels.md.
 */
final class Tunnels implements AutoCloseable {
    /** How long what was refused is not asked for again. */
    private static final Duration REFUSED = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final SpdySessions sessions;
    private volatile long webSocketsUntilNanos = System.nanoTime();

    Tunnels(KubernetesClient client, ExecutorService threads, ScheduledExecutorService timer) {
        SpdyUpgrade upgrade = new SpdyUpgrade();
        this.client = TunnelConnections.of(client, upgrade);
        this.sessions =
                new SpdySessions(pod -> upgrade.open(http(), pod.portForward(apiServer(), false)), threads, timer);
    }

    /** @throws TunnelRefused when there is no tunnel: then the local connection is untouched */
    Tunnel open(ReadyPod pod, LocalConnection local) throws TunnelRefused {
        if (webSocketsUntilNanos - System.nanoTime() > 0) {
            return webSocket(pod, local);
        }
        try {
            return sessions.open(pod, local);
        } catch (TunnelRefused e) {
            if (!e.mayBeOfProtocol()) {
                throw e;
            }
            Tunnel tunnel = webSocket(pod, local);
            webSocketsUntilNanos = System.nanoTime() + REFUSED.toNanos();
            return tunnel;
        }
    }

    private Tunnel webSocket(ReadyPod pod, LocalConnection local) throws TunnelRefused {
        return WebSocketTunnel.open(http(), pod.portForward(apiServer(), true), local);
    }

    private HttpClient http() {
        return client.getHttpClient();
    }

    private String apiServer() {
        return client.getMasterUrl().toString();
    }

    @Override
    public void close() {
        sessions.close();
        client.close();
    }
}
