package dev.kfmr.forward;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** One forward: its local port, and for each connection a tunnel to the pod whose turn it is. */
final class PortForward implements AutoCloseable {
    private static final int ANY_PORT = 0;

    private final ForwardSpec spec;
    private final ForwardOptions options;
    private final Tunnels tunnels;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Consumer<String> onFailure;
    private final PodChooser chooser;
    private final LoopbackPeers peers = new LoopbackPeers();
    private final Map<LocalConnection, String> toPods = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private volatile Optional<LocalPort> plainPort = Optional.empty();
    private volatile Optional<LocalPort> publicPort = Optional.empty();
    private volatile String lastFailure = "";

    PortForward(
            ForwardSpec spec,
            ForwardOptions options,
            KubernetesClient client,
            Tunnels tunnels,
            ExecutorService threads,
            ScheduledExecutorService timer,
            Consumer<String> onFailure) {
        this.spec = spec;
        this.options = options;
        this.tunnels = tunnels;
        this.threads = threads;
        this.timer = timer;
        this.onFailure = onFailure;
        this.chooser = new PodChooser(client, spec, this::endConnectionsTo);
    }

    /** Opens the local port. @throws KfmrException exit 3 when that cannot be */
    void start(Set<Integer> reserved) {
        chooser.start();
        PortBinder plain = LocalListener.accepting(this::accept);
        if (spec.headers().isEmpty()) {
            publicPort = Optional.of(open(plain, reserved));
            return;
        }
        LocalPort behind = LocalPort.open(ForwardOptions.LOOPBACK, ANY_PORT, true, Set.of(), plain);
        plainPort = Optional.of(behind);
        publicPort = Optional.of(open(HeaderProxy.adding(spec.headers(), behind.port()), reserved));
    }

    private LocalPort open(PortBinder binder, Set<Integer> reserved) {
        return LocalPort.open(options.address(), spec.localPort(), options.strictPorts(), reserved, binder);
    }

    ForwardSpec spec() {
        return spec;
    }

    PodChooser chooser() {
        return chooser;
    }

    /** Empty when it could not be opened. */
    Optional<LocalPort> localPort() {
        return publicPort;
    }

    int connections() {
        return open.size();
    }

    /** Why the last connection failed; empty when it did not. */
    String lastFailure() {
        return lastFailure;
    }

    @Override
    public void close() {
        publicPort.ifPresent(LocalPort::close);
        plainPort.ifPresent(LocalPort::close);
        open.forEach(Sockets::reset);
        chooser.close();
    }

    /** A pod that is killed may take its network along before it has closed anything: nobody would tell the client. */
    private void endConnectionsTo(String pod) {
        toPods.forEach((local, uid) -> {
            if (uid.equals(pod)) {
                local.abort(new Tunnel.End(Tunnel.Outcome.POD_ERROR, "it was deleted"));
            }
        });
    }

    private void accept(Socket client) {
        open.add(client);
        try {
            threads.execute(() -> serve(client));
        } catch (RejectedExecutionException e) {
            // We are being closed.
            open.remove(client);
            Sockets.reset(client);
        }
    }

    private void serve(Socket client) {
        try {
            Optional<String> failure = carry(client);
            lastFailure = failure.orElse("");
            failure.ifPresent(onFailure);
        } catch (KfmrException e) {
            // Interrupted: the forward is being closed.
            lastFailure = e.what();
        } finally {
            Sockets.reset(client);
            open.remove(client);
        }
    }

    /** Returns why it failed, if it did. A refused tunnel has carried nothing, so another pod is tried. */
    private Optional<String> carry(Socket client) {
        Deadline deadline = Deadline.in(options.waitForPod());
        Backoff backoff = new Backoff(options.probeEvery());
        while (true) {
            Optional<ReadyPod> pod = chooser.await(deadline.left());
            if (pod.isEmpty()) {
                return Optional.of(chooser.waitingFor(Instant.now()));
            }
            try {
                return carry(client, pod.get());
            } catch (TunnelRefused e) {
                chooser.avoid(pod.get());
                Duration pause = backoff.next();
                if (e.isForbidden() || client.isClosed() || deadline.left().compareTo(pause) < 0) {
                    return Optional.of(String.valueOf(e.getMessage()));
                }
                deadline.sleep(pause, "connecting to " + spec.service());
            }
        }
    }

    private Optional<String> carry(Socket client, ReadyPod pod) throws TunnelRefused {
        LocalConnection local = new LocalConnection(client, options.replySilence(), timer, peers);
        Tunnel tunnel = tunnels.open(pod, local);
        toPods.put(local, pod.uid());
        Tunnel.End end;
        try {
            end = tunnel.carry();
        } finally {
            toPods.remove(local);
        }
        return end.outcome() == Tunnel.Outcome.CLOSED
                ? Optional.empty()
                : Optional.of("pod " + pod.name() + ": " + end.text());
    }
}
