package dev.kfmr.cluster;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import okhttp3.OkHttpClient;

/**
 * How clients reach an API server. What is written goes out at once: HTTP/2 writes a request in several small pieces, and
 * by default TCP keeps the last of them until the one before it is acknowledged, which the other side puts off for 40 ms. And a
 * dead machine is noticed while nothing is sent.
 */
public class ApiTransport extends OkHttpClientFactory {
    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.socketFactory(new PromptSockets());
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
