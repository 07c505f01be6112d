package dev.kfmr.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import jdk.net.ExtendedSocketOptions;
import okhttp3.OkHttpClient;

/**
 * How clients reach an API server. What is written goes out at once: HTTP/2 writes a request in several small pieces, and
 * by default TCP keeps the last of them until the one before it is acknowledged, which the other side puts off for 40 ms. And a
 * dead machine is noticed while nothing is sent.
 */
public class ApiTransport extends OkHttpClientFactory {
    /** By all that the configuration says: credentials of any form, proxies. */
    static HttpClient to(Config config) {
        HttpClient.Factory factory = new ApiTransport();
        return factory.newBuilder(config).build();
    }

    /** The same to a kind cluster, which is on this machine: there is no proxy on the way. */
    static HttpClient toKind(Config config, KindTls tls) {
        HttpClient.Factory factory = new ToKind(config);
        HttpClient.Builder builder = factory.newBuilder();
        builder.tag(config.getRequestConfig());
        builder.followAllRedirects()
                .connectTimeout(config.getConnectionTimeout(), TimeUnit.MILLISECONDS)
                .proxyType(HttpClient.ProxyType.DIRECT)
                .sslContext(new KeyManager[] {tls.keys()}, new TrustManager[] {tls.trust()});
        HttpClientUtils.createApplicableInterceptors(config, factory).forEach(builder::addOrReplaceInterceptor);
        return builder.build();
    }

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.socketFactory(new PromptSockets());
    }

    /** With what the client's own reading of a configuration sets on OkHttp itself: a watch may be silent for long. */
    private static final class ToKind extends ApiTransport {
        private final Duration ping;

        private ToKind(Config config) {
            this.ping = Duration.ofMillis(config.getWebsocketPingInterval());
        }

        @Override
        protected void additionalConfig(OkHttpClient.Builder builder) {
            super.additionalConfig(builder);
            builder.readTimeout(Duration.ZERO).writeTimeout(Duration.ZERO).pingInterval(ping);
        }
    }

    /** OkHttp asks for unconnected sockets only, and puts TLS on top of them. */
    private static final class PromptSockets extends SocketFactory {
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
