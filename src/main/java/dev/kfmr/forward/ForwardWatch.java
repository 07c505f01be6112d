package dev.kfmr.forward;

import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Looks after the state of one forward, and tells when it changes. One thread of its own. */
final class ForwardWatch implements Runnable {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
    /** A watch is opened anew every few minutes: that alone is no lost connection. */
    private static final Duration WATCH_GRACE = Duration.ofSeconds(3);

    private static final Pattern AGE = Pattern.compile(" \\d+ s$");
    private static final String NO_CONTACT = "Kubernetes does not answer";

    private final PortForward forward;
    private final Duration probeEvery;
    private final Consumer<ForwardStatus> onChange;
    private final Backoff backoff;

    private volatile ForwardStatus status;
    private volatile long lastContactNanos = System.nanoTime();
    private volatile boolean stopped;
    private boolean wasReady;

    ForwardWatch(PortForward forward, Duration probeEvery, Consumer<ForwardStatus> onChange) {
        this.forward = forward;
        this.probeEvery = probeEvery;
        this.onChange = onChange;
        this.backoff = new Backoff(probeEvery);
        this.status = status(ForwardState.WAITING, "connecting to Kubernetes", Instant.now());
    }

    @Override
    public void run() {
        onChange.accept(status);
        try {
            while (!stopped) {
                look();
                forward.chooser().awaitChange(pause());
            }
        } catch (KfmrException e) {
            // Interrupted: the supervisor is being closed.
            stopped = true;
        }
    }

    void stop() {
        stopped = true;
    }

    /** As it is now. */
    ForwardStatus status() {
        ForwardStatus known = status;
        return status(known.state(), known.reason(), known.since());
    }

    /** For how long neither the API server nor a pod behind it was heard of, on the clock that stops in a sleep. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastContactNanos);
    }

    private Duration pause() {
        if (status.state() == ForwardState.READY) {
            backoff.reset();
            return probeEvery;
        }
        return backoff.next();
    }

    private void look() {
        Optional<String> problem = problem();
        if (problem.isEmpty()) {
            wasReady = true;
            become(ForwardState.READY, "");
        } else if (wasReady && !isWaitingForPod()) {
            become(ForwardState.RECONNECTING, problem.get());
        } else {
            become(ForwardState.WAITING, problem.get());
        }
    }

    private boolean isWaitingForPod() {
        return forward.chooser().isConnected() && forward.chooser().ready().isEmpty();
    }

    /** Empty when a connection made now would be answered, as far as can be known. */
    private Optional<String> problem() {
        boolean connected = forward.chooser().isConnected();
        if (connected) {
            lastContactNanos = System.nanoTime();
        }
        if (forward.chooser().ready().isEmpty()) {
            return Optional.of(connected || !wasReady ? forward.chooser().waitingFor(Instant.now()) : NO_CONTACT);
        }
        if (forward.spec().health().isEmpty()) {
            boolean silent = silence().compareTo(WATCH_GRACE) > 0;
            return silent
                    ? Optional.of(NO_CONTACT)
                    : Optional.of(forward.lastFailure()).filter(text -> !text.isEmpty());
        }
        Optional<String> unhealthy = forward.localPort().flatMap(this::probe);
        if (unhealthy.isEmpty()) {
            lastContactNanos = System.nanoTime();
        }
        // Asked again: at the begin, pods may be known a moment before the watch of them stands.
        return unhealthy.map(text -> forward.chooser().isConnected() ? text : NO_CONTACT);
    }

    private Optional<String> probe(LocalPort port) {
        return forward.spec().health().stream()
                .map(path -> new HealthProbe(port.host(), port.port(), path, PROBE_LIMIT).problem())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void become(ForwardState state, String reason) {
        ForwardStatus before = status;
        Instant since = before.state() == state ? before.since() : Instant.now();
        status = status(state, reason, since);
        if (before.state() != state || !withoutAge(before.reason()).equals(withoutAge(reason))) {
            onChange.accept(status);
        }
    }

    /** A reason that only grew older is no news. */
    private static String withoutAge(String reason) {
        return AGE.matcher(reason).replaceFirst("");
    }

    private ForwardStatus status(ForwardState state, String reason, Instant since) {
        ForwardSpec spec = forward.spec();
        Optional<LocalPort> port = forward.localPort();
        return new ForwardStatus(
                spec.name(),
                spec.title(),
                state,
                reason,
                port.filter(open -> !spec.path().isEmpty())
                        .map(open -> url(open, spec.path()))
                        .orElse(""),
                port.map(open -> open.address().getHostAddress()).orElse(""),
                port.map(LocalPort::port).orElse(0),
                spec.localPort(),
                port.flatMap(LocalPort::takenBy).map(PortOwner::text).orElse(""),
                spec.namespace(),
                spec.service(),
                spec.port(),
                forward.chooser().ready().map(ReadyPod::name).orElse(""),
                forward.connections(),
                since);
    }

    private static String url(LocalPort port, String path) {
        String host = port.host().contains(":") ? "[" + port.host() + "]" : port.host();
        return "http://" + host + ":" + port.port() + path;
    }
}
