package dev.kfmr.forward;

import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds any number of forwards open until it is closed: pods, nodes and the API server may go and come meanwhile. A
 * connection in flight ends with its pod; the next one goes to another.
 */
public final class ForwardSupervisor implements AutoCloseable {
    private final ForwardOptions options;
    private final ForwardEvents events;
    private final Tunnels tunnels;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemons("kfmr-forward-"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("kfmr-forward-timer-"));
    private final List<PortForward> forwards = new ArrayList<>();
    private final List<ForwardWatch> watches = new ArrayList<>();

    private volatile boolean closed;

    private ForwardSupervisor(KubernetesClient client, ForwardOptions options, ForwardEvents events) {
        this.options = options;
        this.events = events;
        this.tunnels = new Tunnels(client, threads, timer);
    }

    /**
     * Opens the local ports, and returns as soon as they are open: whether anything answers there is told later.
     *
     * @param client stays the caller's, and must live as long as the supervisor
     * @throws KfmrException exit 3: {@code forward.port-taken} when ports are strict and one is taken, {@code forward.no-port}
     *     when none can be opened on the address; exit 2, {@code forward.bad-address}
     */
    public static ForwardSupervisor start(
            KubernetesClient client, List<ForwardSpec> specs, ForwardOptions options, ForwardEvents events) {
        ForwardSupervisor supervisor = new ForwardSupervisor(client, options, events);
        try {
            Set<Integer> wanted =
                    new HashSet<>(specs.stream().map(ForwardSpec::localPort).toList());
            specs.forEach(spec -> supervisor.open(client, spec, wanted));
            supervisor.warnOfAddress();
            supervisor.watches.forEach(supervisor.threads::execute);
            return supervisor;
        } catch (RuntimeException e) {
            supervisor.close();
            throw e;
        }
    }

    /** All forwards as they are now, in the order in which they were given. */
    public List<ForwardStatus> snapshot() {
        return watches.stream().map(ForwardWatch::status).toList();
    }

    /** For how long no forward has heard of Kubernetes. The time that this machine slept does not count. */
    public Duration silence() {
        return watches.stream()
                .map(ForwardWatch::silence)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        closed = true;
        watches.forEach(ForwardWatch::stop);
        forwards.forEach(PortForward::close);
        tunnels.close();
        threads.shutdownNow();
        timer.shutdownNow();
    }

    private void open(KubernetesClient client, ForwardSpec spec, Set<Integer> wanted) {
        PortForward forward = new PortForward(spec, options, client, tunnels, threads, timer, why -> failed(spec, why));
        forwards.add(forward);
        forward.start(wanted);
        watches.add(new ForwardWatch(forward, options.probeEvery(), events::changed));
    }

    /** What is cut short because all of it ends is no news. */
    private void failed(ForwardSpec spec, String why) {
        if (!closed) {
            events.connectionFailed(spec.name(), why);
        }
    }

    private void warnOfAddress() {
        if (!options.address().equals(ForwardOptions.LOOPBACK)) {
            events.warning("Listening on " + options.address()
                    + ": whoever reaches this address reaches these services, most of them without a login. Browsers drop"
                    + " Kubeflow's Secure CSRF cookie on plain http anywhere but localhost, and then answer \"Could not"
                    + " find CSRF cookie XSRF-TOKEN\": open http://localhost there, through an SSH tunnel.");
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
