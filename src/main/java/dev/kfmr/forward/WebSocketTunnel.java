package dev.kfmr.forward;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel that is a web socket of its own: for what stands between here and the API server and lets no other protocol
 * through.
 *
 * <p>Each message begins with its channel: 0 is data, 1 is the node's error text; the first message of each channel only
 * repeats the port. At most {@value #HIGH_WATER} bytes wait to be sent, and one message to be written.
 */
final class WebSocketTunnel implements Tunnel, WebSocket.Listener {
    static final String PROTOCOL = "v4.channel.k8s.io";

    private static final int DATA = 0;
    private static final int ERROR = 1;
    private static final int PORT_MESSAGE_BYTES = 2;
    private static final long HIGH_WATER = 256 * 1024;
    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    private static final long PART_OF_WAIT = 8;
    private static final int NORMAL_CLOSURE = 1000;

    private final LocalConnection client;
    private final boolean[] portSeen = new boolean[2];
    private @Nullable WebSocket socket;

    private WebSocketTunnel(LocalConnection client) {
        this.client = client;
    }

    /** @throws TunnelRefused when there is no tunnel: then the client is untouched */
    static WebSocketTunnel open(HttpClient http, URI portForward, LocalConnection client) throws TunnelRefused {
        WebSocketTunnel tunnel = new WebSocketTunnel(client);
        tunnel.socket = tunnel.connect(http, portForward);
        return tunnel;
    }

    @Override
    public End carry() {
        WebSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        try {
            client.sendAll(1, (chunk, count) -> send(opened, chunk, count));
            awaitRoom(opened, 0);
            client.awaitReply();
        } catch (IOException e) {
            // The client reset its connection, or the pod's side closed it under us.
            client.finish(End.CLOSED);
        } finally {
            opened.sendClose(NORMAL_CLOSURE, "");
            client.close();
        }
        client.finish(End.CLOSED);
        return client.ending();
    }

    private WebSocket connect(HttpClient http, URI portForward) throws TunnelRefused {
        CompletableFuture<WebSocket> opening = http.newWebSocketBuilder()
                .uri(portForward)
                .subprotocol(PROTOCOL)
                .connectTimeout(TunnelConnections.HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)
                .buildAsync(this);
        try {
            return opening.get(TunnelConnections.HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(e);
        } catch (TimeoutException e) {
            // A socket that opens later is closed by the client library, since nobody takes it any more.
            opening.cancel(true);
            throw TunnelRefused.unanswered(e);
        } catch (InterruptedException e) {
            opening.cancel(true);
            Thread.currentThread().interrupt();
            throw TunnelRefused.interrupted(e);
        }
    }

    private static TunnelRefused refused(ExecutionException e) {
        return e.getCause() instanceof WebSocketHandshakeException handshake
                ? TunnelRefused.with(handshake.getResponse().code(), handshake)
                : TunnelRefused.unreachable(e);
    }

    private void send(WebSocket opened, byte[] chunk, int count) throws InterruptedIOException {
        awaitRoom(opened, HIGH_WATER);
        chunk[0] = DATA;
        if (!client.isEnded() && !opened.send(ByteBuffer.wrap(chunk, 0, count + 1))) {
            client.abort(new End(Outcome.LOST, "the connection to Kubernetes closed while sending"));
        }
    }

    /**
     * The library tells nobody when its queue has been sent, so we look: after an eighth of the time that was waited so
     * far, so that a fast connection is not held up, and a stalled one costs nothing.
     */
    private void awaitRoom(WebSocket opened, long limit) throws InterruptedIOException {
        long begin = System.nanoTime();
        while (opened.queueSize() > limit && !client.isEnded()) {
            long part = (System.nanoTime() - begin) / PART_OF_WAIT;
            LockSupport.parkNanos(Math.min(Math.max(part, SHORTEST_PAUSE_NANOS), LONGEST_PAUSE_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedIOException("stopped while sending");
            }
        }
    }

    @Override
    public void onMessage(WebSocket opened, ByteBuffer message) {
        if (!client.isEnded()) {
            accept(message);
        }
        // Only now: the library holds the next message back until it is asked for.
        opened.request();
    }

    @Override
    public void onMessage(WebSocket opened, String text) {
        client.abort(new End(Outcome.LOST, "Kubernetes sent text where bytes were due: " + text));
        opened.request();
    }

    private void accept(ByteBuffer message) {
        int channel = message.hasRemaining() ? message.get() : -1;
        if (channel != DATA && channel != ERROR) {
            client.abort(new End(Outcome.LOST, "Kubernetes sent a message of unknown channel " + channel));
        } else if (!portSeen[channel] && message.remaining() == PORT_MESSAGE_BYTES) {
            portSeen[channel] = true;
        } else if (channel == ERROR) {
            String text = StandardCharsets.UTF_8.decode(message).toString().strip();
            client.abort(new End(Outcome.POD_ERROR, text));
        } else {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            client.deliver(bytes, 0, bytes.length);
        }
    }

    /** The pod closed: all that it sent has been written, because messages come one after the other. */
    @Override
    public void onClose(WebSocket opened, int code, String reason) {
        opened.sendClose(NORMAL_CLOSURE, "");
        client.podClosed();
    }

    @Override
    public void onError(WebSocket opened, Throwable error) {
        client.abort(new End(Outcome.LOST, "the connection to Kubernetes broke: " + error.getMessage()));
    }
}
