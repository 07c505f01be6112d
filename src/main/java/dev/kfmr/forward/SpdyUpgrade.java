package dev.kfmr.forward;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API server to speak SPDY on a connection, by the Kubernetes client, which knows how to log in. The client has no
 * word for the connection that such an answer leaves, and OkHttp below it has: an interceptor there keeps it, and writes
 * into the answer where.
 */
final class SpdyUpgrade implements Interceptor {
    private static final String UPGRADE = "Upgrade";
    private static final String SPDY = "SPDY/3.1";
    private static final String STREAM_PROTOCOL = "X-Stream-Protocol-Version";
    private static final String PORT_FORWARD = "portforward.k8s.io";
    private static final String KEPT_AS = "Kfmr-Connection";
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Map<String, UpgradedConnection> kept = new ConcurrentHashMap<>();

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        Socket socket = response.socket();
        Connection connection = chain.connection();
        if (socket == null
                || connection == null
                || !SPDY.equals(response.request().header(UPGRADE))) {
            return response;
        }
        // A tunnel may be silent for as long as it likes: TCP keep-alive notices a machine that is gone.
        socket.getSource().timeout().clearTimeout();
        socket.getSink().timeout().clearTimeout();
        java.net.Socket raw = connection.socket();
        InputStream in = hasReadAhead(socket) ? Okio.buffer(socket.getSource()).inputStream() : raw.getInputStream();
        String id = UUID.randomUUID().toString();
        kept.put(id, new UpgradedConnection(in, raw.getOutputStream(), () -> cancel(socket)));
        return response.newBuilder().header(KEPT_AS, id).build();
    }

    /**
     * OkHttp moves bytes in pieces of 8 KiB, each a TLS record of its own, so we pass it by: unless it has some already.
     * The node speaks only when it is asked, so it has none.
     */
    private static boolean hasReadAhead(Socket socket) {
        return !(socket.getSource() instanceof ForwardingSource source
                && source.delegate() instanceof BufferedSource buffered
                && buffered.getBuffer().size() == 0);
    }

    /** OkHttp counts a connection as leaked until both its ends are closed. */
    private static void cancel(Socket socket) {
        socket.cancel();
        closeQuietly(socket.getSink());
        closeQuietly(socket.getSource());
    }

    private static void closeQuietly(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    /** @throws TunnelRefused when the API server, or what stands before it, does not let it through */
    UpgradedConnection open(HttpClient http, URI portForward) throws TunnelRefused {
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(portForward)
                .method("POST", null, (String) null)
                .header("Connection", UPGRADE)
                .header(UPGRADE, SPDY)
                .header(STREAM_PROTOCOL, PORT_FORWARD)
                .build();
        CompletableFuture<HttpResponse<AsyncBody>> answer = http.consumeBytes(request, (bytes, body) -> body.consume());
        try {
            return connection(answer.get(TunnelConnections.HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw TunnelRefused.unreachable(e);
        } catch (TimeoutException e) {
            abandon(answer);
            throw TunnelRefused.unanswered(e);
        } catch (InterruptedException e) {
            abandon(answer);
            Thread.currentThread().interrupt();
            throw TunnelRefused.interrupted(e);
        }
    }

    private UpgradedConnection connection(HttpResponse<AsyncBody> response) throws TunnelRefused {
        Optional<UpgradedConnection> connection = take(response);
        if (connection.isEmpty()) {
            response.body().cancel();
            throw TunnelRefused.with(response.code(), new IOException("HTTP " + response.code()));
        }
        return connection.get();
    }

    private void abandon(CompletableFuture<HttpResponse<AsyncBody>> answer) {
        answer.thenAccept(late -> take(late).ifPresent(UpgradedConnection::close));
    }

    private Optional<UpgradedConnection> take(HttpResponse<AsyncBody> response) {
        @Nullable String id = response.header(KEPT_AS);
        return response.code() == SWITCHING_PROTOCOLS && id != null
                ? Optional.ofNullable(kept.remove(id))
                : Optional.empty();
    }
}
