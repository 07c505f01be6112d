package dev.kfmr.forward;

import dev.kfmr.cluster.ClientJson;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
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
                .withKubernetesSerialization(ClientJson.shared())
                .withHttpClientFactory(new KeptAlive(upgrade))
                .build();
    }

    private static final class KeptAlive extends OkHttpClientFactory {
        private final Interceptor upgrade;

        private KeptAlive(Interceptor upgrade) {
            this.upgrade = upgrade;
        }

        @Override
        protected void additionalConfig(OkHttpClient.Builder builder) {
            builder.socketFactory(new KeptAliveSockets()).addNetworkInterceptor(upgrade);
        }
    }

    /** OkHttp asks for unconnected sockets only, and puts TLS on top of them. */
    private static final class KeptAliveSockets extends SocketFactory {
        private static final int IDLE_SECONDS = 60;
        private static final int BETWEEN_SECONDS = 15;

        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            socket.setTcpNoDelay(true);
            Set<?> options = socket.supportedOptions();
            if (options.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
                socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, BETWEEN_SECONDS);
            }
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return unused();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return unused();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return unused();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
            return unused();
        }

        private static Socket unused() throws IOException {
            throw new IOException("only unconnected sockets are made here");
        }
    }
}
