package dev.kfmr.forward;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sessions to pods: those that carry a connection, and some that wait for the next, so that it need not wait for a
 * handshake. One that waits is no connection to the pod; it costs the pod nothing.
 */
final class SpdySessions implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final int MOST_KEPT = 16;
    /** How long one that waited may take to answer: it may lead to a node that is gone. */
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final Connector connector;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;

    private final Object lock = new Object();
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final Set<SpdySession> all = new HashSet<>();
    private final Set<String> prepared = new HashSet<>();
    private boolean closed;

    /** Opens a connection to a pod's node. */
    interface Connector {
        UpgradedConnection connect(ReadyPod pod) throws TunnelRefused;
    }

    private record Kept(SpdySession session, String pod, long sinceNanos) {}

    SpdySessions(Connector connector, ExecutorService threads, ScheduledExecutorService timer) {
        this.connector = connector;
        this.threads = threads;
        this.timer = timer;
    }

    /** @throws TunnelRefused when there is no tunnel: then the client is untouched */
    Tunnel open(ReadyPod pod, LocalConnection client) throws TunnelRefused {
        for (Optional<SpdySession> waiting = take(pod); waiting.isPresent(); waiting = take(pod)) {
            try {
                Tunnel tunnel = tunnel(waiting.get(), pod, client, ANSWER);
                prepareNext(pod);
                return tunnel;
            } catch (IOException e) {
                // It went while it waited: most likely all have.
                dropKept(pod);
            }
        }
        SpdySession fresh = connect(pod);
        try {
            Tunnel tunnel = tunnel(fresh, pod, client, TunnelConnections.HANDSHAKE);
            prepareNext(pod);
            return tunnel;
        } catch (IOException e) {
            throw TunnelRefused.unreachable(e);
        }
    }

    private Tunnel tunnel(SpdySession session, ReadyPod pod, LocalConnection client, Duration limit)
            throws IOException {
        try {
            SpdyStreams streams = session.open(pod.port(), client, limit);
            return new SpdyTunnel(session, streams, reusable -> keep(reusable, pod), done -> {
                drop(done);
                if (client.ending().outcome() == Tunnel.Outcome.POD_ERROR) {
                    // They may lead to a sandbox that the pod no longer has.
                    dropKept(pod);
                }
            });
        } catch (IOException e) {
            drop(session);
            throw e;
        }
    }

    private SpdySession connect(ReadyPod pod) throws TunnelRefused {
        UpgradedConnection connection = connector.connect(pod);
        synchronized (lock) {
            if (!closed) {
                SpdySession session = SpdySession.on(connection, threads);
                all.add(session);
                return session;
            }
        }
        connection.close();
        throw TunnelRefused.unreachable(new IOException("the forward is being closed"));
    }

    private Optional<SpdySession> take(ReadyPod pod) {
        synchronized (lock) {
            for (Iterator<Kept> each = kept.iterator(); each.hasNext(); ) {
                Kept candidate = each.next();
                if (!candidate.session().isUsable()) {
                    each.remove();
                    all.remove(candidate.session());
                } else if (candidate.pod().equals(pod.uid())) {
                    each.remove();
                    return Optional.of(candidate.session());
                }
            }
            return Optional.empty();
        }
    }

    private void keep(SpdySession session, ReadyPod pod) {
        Optional<SpdySession> surplus = Optional.empty();
        synchronized (lock) {
            if (closed) {
                surplus = Optional.of(session);
            } else {
                kept.addFirst(new Kept(session, pod.uid(), System.nanoTime()));
                timer.schedule(this::dropOld, KEPT.toMillis(), TimeUnit.MILLISECONDS);
                if (kept.size() > MOST_KEPT) {
                    surplus = Optional.of(kept.removeLast().session());
                }
            }
        }
        surplus.ifPresent(this::drop);
    }

    /** So that the next connection finds one that waits. */
    private void prepareNext(ReadyPod pod) {
        synchronized (lock) {
            boolean has = kept.stream().anyMatch(waiting -> waiting.pod().equals(pod.uid()));
            if (closed || has || !prepared.add(pod.uid())) {
                return;
            }
        }
        try {
            threads.execute(() -> prepare(pod));
        } catch (RejectedExecutionException e) {
            // We are being closed.
        }
    }

    private void prepare(ReadyPod pod) {
        try {
            keep(connect(pod), pod);
        } catch (TunnelRefused e) {
            // The next connection hears of it, if it is still so.
        } finally {
            synchronized (lock) {
                prepared.remove(pod.uid());
            }
        }
    }

    private void dropOld() {
        long now = System.nanoTime();
        dropKept(waiting -> now - waiting.sinceNanos() >= KEPT.toNanos());
    }

    private void dropKept(ReadyPod pod) {
        dropKept(waiting -> waiting.pod().equals(pod.uid()));
    }

    private void dropKept(Predicate<Kept> which) {
        List<Kept> dropped;
        synchronized (lock) {
            dropped = kept.stream().filter(which).toList();
            kept.removeAll(dropped);
        }
        dropped.forEach(waiting -> drop(waiting.session()));
    }

    private void drop(SpdySession session) {
        synchronized (lock) {
            all.remove(session);
        }
        session.close();
    }

    @Override
    public void close() {
        List<SpdySession> open;
        synchronized (lock) {
            closed = true;
            open = new ArrayList<>(all);
            all.clear();
            kept.clear();
        }
        open.forEach(SpdySession::close);
    }
}
