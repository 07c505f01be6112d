package dev.kfmr.forward;

import dev.kfmr.forward.PortBinder.BoundPort;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.attribute.ConstantExchangeAttribute;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.server.handlers.proxy.SimpleProxyClientProvider;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.xnio.Options;

/**
 * An HTTP proxy in front of a plain forward, that sets headers on each request. It carries web sockets, streams and
 * chunked bodies: see docs/decisions/0003-header-injection.md.
 */
final class HeaderProxy implements BoundPort {
    private static final String LOG_PROVIDER = "org.jboss.logging.provider";
    private static final int BUFFER = 16 * 1024;
    private static final int NO_LIMIT = -1;

    private final Undertow server;
    private final int port;

    private HeaderProxy(Undertow server) {
        this.server = server;
        this.port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    /** @param plainPort the forward without headers, on loopback */
    static PortBinder adding(Map<String, String> headers, int plainPort) {
        return address -> open(address, headers, plainPort);
    }

    private static HeaderProxy open(InetSocketAddress address, Map<String, String> headers, int plainPort)
            throws IOException {
        // Undertow's log goes where all of kfmr's libraries' does, not to the terminal.
        System.setProperty(LOG_PROVIDER, System.getProperty(LOG_PROVIDER, "slf4j"));
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setBufferSize(BUFFER)
                .setDirectBuffers(false)
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) NO_LIMIT)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, NO_LIMIT)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .addHttpListener(address.getPort(), address.getAddress().getHostAddress(), handler(headers, plainPort))
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            server.stop();
            throw new IOException("cannot listen on " + address, e);
        }
        return new HeaderProxy(server);
    }

    private static HttpHandler handler(Map<String, String> headers, int plainPort) {
        ProxyHandler.Builder proxy = ProxyHandler.builder()
                .setProxyClient(new SimpleProxyClientProvider(URI.create("http://127.0.0.1:" + plainPort)))
                .setMaxRequestTime(NO_LIMIT)
                .setNext(ResponseCodeHandler.HANDLE_404);
        headers.forEach(
                (name, value) -> proxy.addRequestHeader(new HttpString(name), new ConstantExchangeAttribute(value)));
        return proxy.build();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.stop();
    }
}
