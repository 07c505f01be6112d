package dev.kfmr.forward;

import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;

/** A way to one service for the time of a command, on whatever local port is free. */
public final class TemporaryForward implements AutoCloseable {
    private static final int ANY_PORT = 0;

    private final ForwardSupervisor supervisor;

    private TemporaryForward(ForwardSupervisor supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * @param client stays the caller's, and must live as long as this
     * @throws KfmrException exit 3 when no port can be opened
     */
    public static TemporaryForward open(KubernetesClient client, ForwardSpec spec) {
        ForwardOptions options =
                ForwardOptions.defaults().withAddress("127.0.0.1").withStrictPorts(true);
        return new TemporaryForward(ForwardSupervisor.start(
                client, List.of(spec.withLocalPort(ANY_PORT)), options, ForwardEvents.silent()));
    }

    /** Where the service answers, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + supervisor.snapshot().get(0).localPort());
    }

    /** Why nothing answers there; empty when something does, as far as is known. */
    public String problem() {
        return supervisor.snapshot().get(0).reason();
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
