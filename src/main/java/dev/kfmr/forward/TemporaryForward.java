package dev.kfmr.forward;

import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;

/** A forward for the time of one command, on whichever port is free: it is in nobody's way, and needs nobody's. */
public final class TemporaryForward implements AutoCloseable {
    private static final int ANY_PORT = 0;

    private final ForwardSupervisor supervisor;

    private TemporaryForward(ForwardSupervisor supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * Returns as soon as the port is open; a connection to it waits a little for a ready pod.
     *
     * @param client stays the caller's, and must live as long
     * @throws KfmrException exit 3 when no port can be opened
     */
    public static TemporaryForward open(KubernetesClient client, ForwardSpec spec) {
        ForwardOptions options = ForwardOptions.defaults().withStrictPorts(true);
        return new TemporaryForward(ForwardSupervisor.start(
                client, List.of(spec.withLocalPort(ANY_PORT)), options, ForwardEvents.silent()));
    }

    /** Where the service answers, without a path. */
    public URI uri() {
        ForwardStatus status = status();
        return URI.create("http://" + status.address() + ":" + status.localPort());
    }

    /** Why nothing answers there; empty when something does, as far as is known. */
    public String problem() {
        return status().reason();
    }

    private ForwardStatus status() {
        return supervisor.snapshot().get(0);
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
