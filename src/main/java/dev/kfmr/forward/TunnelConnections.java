package dev.kfmr.forward;

import dev.kfmr.cluster.ApiTransport;
import dev.kfmr.cluster.ClientParts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/**
 * A second API client, for tunnels only. Its web sockets send no pings: a pong waits behind the data that a slow reader
 * has not taken yet, and OkHttp would cut the connection after two of them. A dead machine is noticed by TCP keep-alive
 * instead. Nothing is tried again behind our back either: a tunnel that is refused goes to another pod.
 */
final class TunnelConnections {
    /** How long opening a tunnel may take. */
    static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private TunnelConnections() {}

    static KubernetesClient of(KubernetesClient client, Interceptor upgrade) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withOauthTokenProvider(client.getConfiguration().getOauthTokenProvider())
                .withWebsocketPingInterval(0)
                .withRequestRetryBackoffLimit(0)
                // What is upgraded must be a connection of its own.
                .withHttp2Disable(true)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(ClientParts.json())
                .withHttpClientFactory(new Upgraded(upgrade))
                .build();
    }

    private static final class Upgraded extends ApiTransport {
        private final Interceptor upgrade;

        private Upgraded(Interceptor upgrade) {
            this.upgrade = upgrade;
        }

        @Override
        protected void additionalConfig(OkHttpClient.Builder builder) {
            super.additionalConfig(builder);
            builder.addNetworkInterceptor(upgrade);
        }
    }
}
