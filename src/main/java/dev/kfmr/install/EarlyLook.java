package dev.kfmr.install;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Directories;
import dev.kfmr.core.EnvironmentName;
import dev.kfmr.state.EnvironmentStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A look that begins before the command line is understood, which takes as long as a handshake: at the cluster that will most likely be
 * meant. It only reads. Whoever means another one lets it be.
 */
public final class EarlyLook {
    private final String name;
    private final AtomicReference<Optional<ClusterLook>> look;

    private EarlyLook(String name, Optional<ClusterLook> look) {
        this.name = name;
        this.look = new AtomicReference<>(look);
    }

    public static EarlyLook none() {
        return new EarlyLook("", Optional.empty());
    }

    /** Returns at once. None where kfmr made no cluster of that name: the way to others stands in more than one file. */
    public static EarlyLook at(Directories directories, String name) {
        if (!EnvironmentName.isAllowed(name)) {
            return none();
        }
        Path kubeconfig = new EnvironmentStore(directories).kubeconfig(name);
        return Files.exists(kubeconfig)
                ? new EarlyLook(name, Optional.of(new ClusterLook(() -> ClusterConnection.toKubeconfig(kubeconfig))))
                : none();
    }

    /** The look at a cluster that kfmr made, once. */
    Optional<ClusterLook> take(String wanted) {
        return wanted.equals(name) ? look.getAndSet(Optional.empty()) : Optional.empty();
    }
}
