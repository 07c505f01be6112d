package dev.kfmr.forward;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries one TCP connection of this machine to one port of one pod, over the API server's port-forward web socket.
 *
 * <p>Each message begins with its channel: 0 is data, 1 is the node's error text; the first message of each channel only
 * repeats the port. Two threads work for a tunnel: the one that calls {@link #carry} reads the client and sends; the
 * web socket's own reads the pod and writes to the client. Both block where the other end is slow, and that is the whole
 * back-pressure: at most {@value #HIGH_WATER} bytes wait to be sent, and one message to be written.
 *
 * <p>The protocol cannot tell the pod that the client will send no more. So after a half-close the tunnel stays until the
 * pod closes it, the client is wholly gone, or the pod was silent for a while.
 */
final class PodTunnel implements WebSocket.Listener {
    static final String PROTOCOL = "v4.channel.k8s.io";

    private static final int DATA = 0;
    private static final int ERROR = 1;
    private static final int PORT_MESSAGE_BYTES = 2;
    private static final int CHUNK = 64 * 1024;
    private static final long HIGH_WATER = 256 * 1024;
    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    private static final long PART_OF_WAIT = 8;
    private static final long FIRST_LOOK_MILLIS = 50;
    private static final long LAST_LOOK_MILLIS = 2_000;
    private static final int NORMAL_CLOSURE = 1000;
    /** How long a client may take to notice that the pod closed. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    enum Outcome {
        /** One of the two ends closed, in order. */
        CLOSED,
        /** The node says that it could not reach the pod's port, or lost it. */
        POD_ERROR,
        /** The web socket broke. */
        LOST
    }

    /** How it ended, and what was said about it. */
    record End(Outcome outcome, String text) {
        static final End CLOSED = new End(Outcome.CLOSED, "");
    }

    private final Socket client;
    private final Duration silence;
    private final ScheduledExecutorService timer;
    private final boolean[] portSeen = new boolean[2];

    private final Object lock = new Object();
    private @Nullable End end;
    private long lastReplyNanos;
    private boolean writing;

    PodTunnel(Socket client, Duration silence, ScheduledExecutorService timer) {
        this.client = client;
        this.silence = silence;
        this.timer = timer;
    }

    /**
     * Carries bytes until one end closes. The client's socket and the web socket are closed afterwards.
     *
     * @throws TunnelRefused when there was no tunnel: then the client's socket is untouched
     */
    End carry(HttpClient http, URI portForward) throws TunnelRefused {
        WebSocket socket = connect(http, portForward);
        try {
            sendAll(socket);
            awaitRoom(socket, 0);
            awaitReply();
        } catch (IOException e) {
            // The client reset its connection, or the pod's side closed it under us.
            finish(End.CLOSED);
        } finally {
            socket.sendClose(NORMAL_CLOSURE, "");
            Sockets.close(client);
        }
        finish(End.CLOSED);
        return ending();
    }

    private WebSocket connect(HttpClient http, URI portForward) throws TunnelRefused {
        CompletableFuture<WebSocket> opening = http.newWebSocketBuilder()
                .uri(portForward)
                .subprotocol(PROTOCOL)
                .connectTimeout(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)
                .buildAsync(this);
        try {
            return opening.get(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw refused(e);
        } catch (TimeoutException e) {
            // A socket that opens later is closed by the client library, since nobody takes it any more.
            opening.cancel(true);
            throw new TunnelRefused(0, "Kubernetes did not answer within " + HANDSHAKE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            opening.cancel(true);
            Thread.currentThread().interrupt();
            throw new TunnelRefused(0, "interrupted", e);
        }
    }

    private static TunnelRefused refused(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof WebSocketHandshakeException handshake) {
            int code = handshake.getResponse().code();
            return new TunnelRefused(code, "Kubernetes refused the tunnel with HTTP " + code, cause);
        }
        return new TunnelRefused(0, "Kubernetes does not answer: " + cause.getMessage(), cause);
    }

    private void sendAll(WebSocket socket) throws IOException {
        byte[] chunk = new byte[1 + CHUNK];
        InputStream in = client.getInputStream();
        for (int count = in.read(chunk, 1, CHUNK); count >= 0; count = in.read(chunk, 1, CHUNK)) {
            awaitRoom(socket, HIGH_WATER);
            // After the end, what the client still sends is read and dropped, so that it is not reset while it reads.
            if (!isEnded() && !socket.send(ByteBuffer.wrap(chunk, 0, count + 1))) {
                abort(new End(Outcome.LOST, "the connection to Kubernetes closed while sending"));
            }
        }
    }

    /**
     * The library tells nobody when its queue has been sent, so we look: after an eighth of the time that was waited so
     * far, so that a fast connection is not held up, and a stalled one costs nothing.
     */
    private void awaitRoom(WebSocket socket, long limit) throws InterruptedIOException {
        long begin = System.nanoTime();
        while (socket.queueSize() > limit && !isEnded()) {
            long part = (System.nanoTime() - begin) / PART_OF_WAIT;
            LockSupport.parkNanos(Math.min(Math.max(part, SHORTEST_PAUSE_NANOS), LONGEST_PAUSE_NANOS));
            if (Thread.interrupted()) {
                throw new InterruptedIOException("stopped while sending");
            }
        }
    }

    /** The client sends no more: keeps the tunnel for the pod's reply. */
    private void awaitReply() throws InterruptedIOException {
        noteReply();
        long pause = FIRST_LOOK_MILLIS;
        while (!isEnded() && !wasSilent() && !LoopbackPeer.isGone(client)) {
            awaitEnd(pause);
            pause = Math.min(pause * 2, LAST_LOOK_MILLIS);
        }
    }

    private boolean wasSilent() {
        synchronized (lock) {
            return !writing && System.nanoTime() - lastReplyNanos >= silence.toNanos();
        }
    }

    private void awaitEnd(long millis) throws InterruptedIOException {
        synchronized (lock) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(millis, silence.toMillis()));
            long left = until - System.nanoTime();
            while (end == null && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    throw new InterruptedIOException("stopped while waiting for the reply");
                }
                left = until - System.nanoTime();
            }
        }
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        if (!isEnded()) {
            accept(message);
        }
        // Only now: the library holds the next message back until it is asked for.
        socket.request();
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        abort(new End(Outcome.LOST, "Kubernetes sent text where bytes were due: " + text));
        socket.request();
    }

    private void accept(ByteBuffer message) {
        int channel = message.hasRemaining() ? message.get() : -1;
        if (channel != DATA && channel != ERROR) {
            abort(new End(Outcome.LOST, "Kubernetes sent a message of unknown channel " + channel));
        } else if (!portSeen[channel] && message.remaining() == PORT_MESSAGE_BYTES) {
            portSeen[channel] = true;
        } else if (channel == ERROR) {
            String text = StandardCharsets.UTF_8.decode(message).toString().strip();
            abort(new End(Outcome.POD_ERROR, text));
        } else {
            deliver(message);
        }
    }

    private void deliver(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        setWriting(true);
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The client went away in the middle of the reply.
            abort(End.CLOSED);
        } finally {
            setWriting(false);
        }
    }

    private void setWriting(boolean now) {
        synchronized (lock) {
            writing = now;
            lastReplyNanos = System.nanoTime();
        }
    }

    private void noteReply() {
        setWriting(false);
    }

    /** The pod closed: all that it sent has been written, because messages come one after the other. */
    @Override
    public void onClose(WebSocket socket, int code, String reason) {
        socket.sendClose(NORMAL_CLOSURE, "");
        finish(End.CLOSED);
        Sockets.shutdownOutput(client);
        timer.schedule(() -> Sockets.close(client), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        abort(new End(Outcome.LOST, "the connection to Kubernetes broke: " + error.getMessage()));
    }

    /** Ends with a reset, so that the client does not take half a reply for a whole one. */
    private void abort(End how) {
        if (finish(how)) {
            Sockets.reset(client);
        }
    }

    /** The first end counts. Returns whether this was it. */
    private boolean finish(End how) {
        synchronized (lock) {
            boolean first = end == null;
            if (first) {
                end = how;
                lock.notifyAll();
            }
            return first;
        }
    }

    private End ending() {
        synchronized (lock) {
            return end == null ? End.CLOSED : end;
        }
    }

    private boolean isEnded() {
        synchronized (lock) {
            return end != null;
        }
    }
}
