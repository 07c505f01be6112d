package dev.kfmr.forward;

import dev.kfmr.forward.Tunnel.End;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel's end on this machine: a client's TCP connection. One thread reads it, one writes to it; both block where the
 * other end is slow, and that is the back-pressure.
 *
 * <p>A client that sends no more may still wait for a reply. The node cannot be told so: containerd gives a pod one second
 * after the last byte and then drops it. So the tunnel stays as it is until the pod closes it, the client is wholly gone,
 * or the pod was silent for a while.
 */
final class LocalConnection {
    private static final int CHUNK = 64 * 1024;
    /** Long enough for the kernel to count a client as gone, which it does a moment after it tells us of its end. */
    private static final long FIRST_LOOK_MILLIS = 50;

    private static final long LAST_LOOK_MILLIS = 2_000;
    private static final long SETTLED_NANOS = 2_000_000;
    /** How long a client may take to notice that the pod closed. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Socket client;
    private final Duration silence;
    private final ScheduledExecutorService timer;
    private final LoopbackPeers peers;

    private final Object lock = new Object();
    private @Nullable End end;
    private long lastReplyNanos;
    private boolean writing;

    /** Where the client's bytes go. */
    interface Sender {
        /** @param chunk the bytes follow the room that was asked for; its own until it returns */
        void send(byte[] chunk, int count) throws IOException;
    }

    LocalConnection(Socket client, Duration silence, ScheduledExecutorService timer, LoopbackPeers peers) {
        this.peers = peers;
        this.client = client;
        this.silence = silence;
        this.timer = timer;
    }

    /**
     * Returns when the client sends no more. After the end, what it still sends is read and dropped, so that it is not
     * reset while it reads.
     *
     * @param room bytes to leave free before the client's
     */
    void sendAll(int room, Sender sender) throws IOException {
        byte[] chunk = new byte[room + CHUNK];
        InputStream in = client.getInputStream();
        for (int count = in.read(chunk, room, CHUNK); count >= 0; count = in.read(chunk, room, CHUNK)) {
            if (!isEnded()) {
                sender.send(chunk, count);
            }
        }
    }

    /** The client sends no more: keeps the tunnel for the pod's reply. */
    void awaitReply() throws InterruptedIOException {
        noteReply(false);
        long pause = FIRST_LOOK_MILLIS;
        long since;
        do {
            since = System.nanoTime() + SETTLED_NANOS;
            awaitEnd(pause);
            pause = Math.min(pause * 2, LAST_LOOK_MILLIS);
        } while (!isEnded() && !wasSilent() && !peers.isGone(client, since));
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

    /** What the pod sent. Blocks while the client does not read; does nothing after the end. */
    void deliver(byte[] bytes, int offset, int count) {
        if (isEnded()) {
            return;
        }
        noteReply(true);
        try {
            client.getOutputStream().write(bytes, offset, count);
        } catch (IOException e) {
            // The client went away in the middle of the reply.
            abort(End.CLOSED);
        } finally {
            noteReply(false);
        }
    }

    private void noteReply(boolean now) {
        synchronized (lock) {
            writing = now;
            lastReplyNanos = System.nanoTime();
        }
    }

    /** The pod closed, and all that it sent was delivered. */
    void podClosed() {
        if (finish(End.CLOSED)) {
            Sockets.shutdownOutput(client);
            try {
                timer.schedule(this::close, LINGER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The forward is being closed.
                close();
            }
        }
    }

    /** Ends with a reset, so that the client does not take half a reply for a whole one. */
    void abort(End how) {
        if (finish(how)) {
            Sockets.reset(client);
        }
    }

    /** The first end counts. Returns whether this was it. */
    boolean finish(End how) {
        synchronized (lock) {
            boolean first = end == null;
            if (first) {
                end = how;
                lock.notifyAll();
            }
            return first;
        }
    }

    End ending() {
        synchronized (lock) {
            return end == null ? End.CLOSED : end;
        }
    }

    boolean isEnded() {
        synchronized (lock) {
            return end != null;
        }
    }

    void close() {
        Sockets.close(client);
    }
}
