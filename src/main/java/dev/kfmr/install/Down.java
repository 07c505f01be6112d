package dev.kfmr.install;

import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.forward.DetachedForward;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes an installation away: the cluster that kfmr made, its context, its state; nothing else. */
public final class Down {
    private static final Duration FOR_THE_LOCK = Duration.ofMinutes(2);

    private final Surroundings surroundings;
    private final EnvironmentStore store;

    public Down(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.store = new EnvironmentStore(surroundings.directories());
    }

    /**
     * What {@link #run} would delete, for the question; empty when there is nothing.
     *
     * @throws KfmrException exit 3 for a cluster of that name which kfmr did not make, or without an engine
     */
    public List<String> wouldDelete(String name) {
        List<String> doomed = new ArrayList<>();
        ClusterState state = clusters().state(name);
        if (state != ClusterState.ABSENT && state != ClusterState.FOREIGN) {
            doomed.add("the cluster " + name + " with all its data");
        }
        if (Files.exists(store.folder(name))) {
            doomed.add("its state in " + store.folder(name));
        }
        return doomed;
    }

    /** @return what was deleted */
    public List<String> run(String name) {
        List<String> doomed = wouldDelete(name);
        if (doomed.isEmpty()) {
            return doomed;
        }
        try (EnvironmentLock held =
                EnvironmentLock.take(store.folder(name), Deadline.in(FOR_THE_LOCK), text -> surroundings
                        .progress()
                        .step(Stage.DELETE, text))) {
            new DetachedForward(store.folder(name)).stop();
            clusters().delete(name, surroundings.progress());
            UserKubeconfig.ofUser().remove(name);
            store.delete(name);
        }
        return doomed;
    }

    private KindClusters clusters() {
        Engine engine = Engines.find(surroundings.environment());
        return new KindClusters(new Tools(surroundings).kind(), engine, surroundings.directories());
    }
}
