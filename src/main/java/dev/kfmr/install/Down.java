package dev.kfmr.install;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.forward.DetachedForward;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes an installation away: the cluster that kfmr made, its context, its state; nothing else. In a cluster that kfmr
 * did not make, its objects.
 */
public final class Down {
    private static final Duration FOR_THE_LOCK = Duration.ofMinutes(2);
    private static final Duration FOR_THE_OBJECTS = Duration.ofMinutes(10);
    private static final Duration FOR_THE_API_SERVER = Duration.ofSeconds(30);

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
        List<String> doomed = new ArrayList<>(context(name)
                .map(context -> inExistingCluster(context, removal -> removal.doomed(context)))
                .orElseGet(() -> kindCluster(name)));
        if (Files.exists(store.folder(name))) {
            doomed.add("its state in " + store.folder(name));
        }
        return doomed;
    }

    private List<String> kindCluster(String name) {
        ClusterState state = clusters().state(name);
        return state == ClusterState.ABSENT || state == ClusterState.FOREIGN
                ? List.of()
                : List.of("the cluster " + name + " with all its data");
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
            Optional<String> context = context(name);
            if (context.isPresent()) {
                inExistingCluster(context.get(), removal -> {
                    removal.run(Deadline.in(FOR_THE_OBJECTS));
                    return doomed;
                });
            } else {
                clusters().delete(name, surroundings.progress());
                UserKubeconfig.ofUser().remove(name);
            }
            store.delete(name);
        }
        return doomed;
    }

    private Optional<String> context(String name) {
        return store.load(name, surroundings.progress()::warning).flatMap(Environment::context);
    }

    private <T> T inExistingCluster(String context, Function<Removal, T> work) {
        try (ClusterConnection connection = ClusterConnection.toContext(context)) {
            connection.awaitReady(Deadline.in(FOR_THE_API_SERVER));
            return work.apply(new Removal(connection.client(), surroundings.progress()));
        }
    }

    private KindClusters clusters() {
        Engine engine = Engines.find(surroundings.environment());
        return new KindClusters(new Tools(surroundings).kind(), engine, surroundings.directories());
    }
}
