package dev.kfmr.forward;

import dev.kfmr.forward.Tunnel.End;
import dev.kfmr.forward.Tunnel.Outcome;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a pod's node that carries one connection to a port after the other, each by two streams of SPDY/3.1.
 *
 * <p>One at a time: SPDY's windows, which hold back one stream and not its neighbours, do not exist in Kubernetes' servers
 * (github.com/moby/spdystream reads and sends no WINDOW_UPDATE). A client that does not read would stop all others.
 */
final class SpdySession implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int READ_AHEAD = 16 * 1024;
    private static final int STREAM_STEP = 2;

    private final UpgradedConnection connection;
    private final Executor threads;
    private final byte[] chunk = new byte[CHUNK];
    private int lastCancelled;

    private final Object sending = new Object();
    private final Object lock = new Object();
    private @Nullable SpdyStreams current;
    private int nextStream = 1;
    private boolean delivering;
    private boolean goingAway;
    private boolean closed;

    private SpdySession(UpgradedConnection connection, Executor threads) {
        this.connection = connection;
        this.threads = threads;
    }

    /** @param threads for one that lives as long as the session, and for short tasks */
    static SpdySession on(UpgradedConnection connection, Executor threads) {
        SpdySession session = new SpdySession(connection, threads);
        threads.execute(session::receiveAll);
        return session;
    }

    /** Whether it may carry another connection. */
    boolean isUsable() {
        synchronized (lock) {
            return !closed && !goingAway && nextStream > 0;
        }
    }

    /**
     * Opens the streams of a connection to a port. The node connects to the pod only now.
     *
     * @throws IOException when it does not within the limit: the session is of no use then, and the client untouched
     */
    SpdyStreams open(int port, LocalConnection client, Duration limit) throws IOException {
        SpdyStreams streams = begin(client);
        int error = streams.data() - STREAM_STEP;
        Map<String, String> common = Map.of("port", String.valueOf(port), "requestid", String.valueOf(error));
        synchronized (sending) {
            connection.out().write(SpdyFrames.open(error, with(common, "error"), error == 1, true));
            connection.out().write(SpdyFrames.open(streams.data(), with(common, "data"), false, false));
            connection.out().flush();
        }
        awaitAnswer(streams, limit);
        return streams;
    }

    private SpdyStreams begin(LocalConnection client) throws IOException {
        synchronized (lock) {
            if (!isUsable() || current != null) {
                throw new IOException("the connection to Kubernetes is closed");
            }
            SpdyStreams streams = new SpdyStreams(nextStream, nextStream + STREAM_STEP, client);
            nextStream += 2 * STREAM_STEP;
            current = streams;
            return streams;
        }
    }

    private static Map<String, String> with(Map<String, String> common, String type) {
        Map<String, String> headers = new TreeMap<>(common);
        headers.put("streamtype", type);
        return headers;
    }

    private void awaitAnswer(SpdyStreams streams, Duration limit) throws IOException {
        long until = System.nanoTime() + limit.toNanos();
        synchronized (lock) {
            while (!streams.areOpen()) {
                long left = until - System.nanoTime();
                if (closed || streams.areRefused() || left <= 0) {
                    throw new IOException(closed ? "the connection to Kubernetes closed" : "the node took no stream");
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("stopped while connecting");
                }
            }
        }
    }

    /** Sends what follows the frame's head in the first {@code count} bytes behind it. Blocks while the pod does not read. */
    void send(SpdyStreams streams, byte[] frame, int count) throws IOException {
        SpdyFrames.dataHead(frame, streams.data(), count);
        write(frame, SpdyFrames.HEAD_BYTES + count);
    }

    /**
     * Ends our side of a connection. Returns whether the session may carry another: not when the client still has to be
     * written to. What the pod still sends is dropped.
     */
    boolean release(SpdyStreams streams) {
        synchronized (lock) {
            current = null;
            if (delivering || !isUsable()) {
                return false;
            }
        }
        try {
            write(SpdyFrames.endOf(streams.data()), SpdyFrames.HEAD_BYTES);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        connection.close();
    }

    private void write(byte[] frame, int count) throws IOException {
        synchronized (sending) {
            connection.out().write(frame, 0, count);
            connection.out().flush();
        }
    }

    /** From a thread of its own: the one that receives must not wait for the other end to read. */
    private void writeSoon(byte[] frame) {
        try {
            threads.execute(() -> {
                try {
                    write(frame, frame.length);
                } catch (IOException e) {
                    // Whoever receives hears of it too.
                }
            });
        } catch (RejectedExecutionException e) {
            // We are being closed.
        }
    }

    private void receiveAll() {
        String why = "the connection to Kubernetes closed";
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(connection.in(), READ_AHEAD))) {
            while (!isClosed()) {
                receive(in);
            }
        } catch (EOFException e) {
            // As it is said above.
        } catch (IOException e) {
            why = "the connection to Kubernetes broke: " + e.getMessage();
        }
        close();
        SpdyStreams broken = current();
        if (broken != null && broken.areOpen()) {
            broken.client().abort(new End(Outcome.LOST, why));
        }
    }

    private void receive(DataInputStream in) throws IOException {
        int first = in.readInt();
        int second = in.readInt();
        boolean ends = SpdyFrames.ends(second);
        int length = second & SpdyFrames.LONGEST;
        if (SpdyFrames.isControl(first)) {
            receiveControl(in, SpdyFrames.type(first), ends, length);
            return;
        }
        receiveData(in, first, length);
        if (ends) {
            ended(first);
        }
    }

    private void receiveControl(DataInputStream in, int type, boolean ends, int length) throws IOException {
        // All that are of use begin with the stream's number, a ping with its own.
        int number = length >= Integer.BYTES ? in.readInt() : 0;
        in.skipNBytes(Math.max(0, length - Integer.BYTES));
        switch (type) {
            case SpdyFrames.SYN_REPLY -> answered(number);
            case SpdyFrames.PING -> writeSoon(SpdyFrames.ping(number));
            case SpdyFrames.GOAWAY -> goAway();
            default -> {
                // Nothing that a connection to a port depends on.
            }
        }
        if (type == SpdyFrames.RST_STREAM) {
            reset(number);
        }
        if (type == SpdyFrames.RST_STREAM || ends) {
            ended(number);
        }
    }

    private void receiveData(DataInputStream in, int stream, int length) throws IOException {
        SpdyStreams streams = beginDelivery(stream);
        if (streams == null && length > 0 && stream != lastCancelled) {
            // Its client is gone: the pod need not go on. It comes after our end, so nothing that the client sent is
            // lost.
            lastCancelled = stream;
            writeSoon(SpdyFrames.cancel(stream));
        }
        try {
            for (int left = length; left > 0; ) {
                int count = in.read(chunk, 0, Math.min(left, CHUNK));
                if (count < 0) {
                    throw new EOFException();
                }
                left -= count;
                if (streams != null && stream == streams.data()) {
                    streams.client().deliver(chunk, 0, count);
                } else if (streams != null) {
                    streams.say(chunk, count);
                }
            }
        } finally {
            endDelivery();
        }
    }

    private @Nullable SpdyStreams beginDelivery(int stream) {
        synchronized (lock) {
            SpdyStreams streams = current;
            boolean wanted = streams != null && streams.has(stream);
            delivering = wanted;
            return wanted ? streams : null;
        }
    }

    private void endDelivery() {
        synchronized (lock) {
            delivering = false;
        }
    }

    private void answered(int stream) {
        SpdyStreams streams;
        synchronized (lock) {
            streams = current;
            if (streams == null) {
                return;
            }
            streams.answered(stream);
            lock.notifyAll();
        }
        tellTheEnd(streams);
    }

    private void reset(int stream) {
        synchronized (lock) {
            if (current != null) {
                current.reset(stream);
            }
        }
    }

    private void ended(int stream) {
        SpdyStreams streams;
        synchronized (lock) {
            streams = current;
            if (streams == null || !streams.has(stream)) {
                return;
            }
            streams.ended(stream);
            lock.notifyAll();
        }
        tellTheEnd(streams);
    }

    /** With the last end or with the last answer: of a pod that speaks first and is done, the answers may come after the ends. */
    private void tellTheEnd(SpdyStreams streams) {
        synchronized (lock) {
            if (!streams.areOpen() || !streams.areEnded()) {
                return;
            }
        }
        if (streams.errorText().isEmpty()) {
            streams.client().podClosed();
        } else {
            streams.client().abort(new End(Outcome.POD_ERROR, streams.errorText()));
        }
    }

    private void goAway() {
        synchronized (lock) {
            goingAway = true;
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private @Nullable SpdyStreams current() {
        synchronized (lock) {
            return current;
        }
    }
}
