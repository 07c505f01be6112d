package dev.kfmr.install;

import dev.kfmr.apply.Refusal;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.forward.DetachedForward;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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
     * @throws KfmrException exit 3 for a cluster of that name which kfmr did not make, without an engine, or for a
     *     cluster of somebody else's that cannot be asked
     */
    public List<String> wouldDelete(String name) {
        Optional<Environment> known = known(name);
        List<String> doomed = new ArrayList<>(known.flatMap(Environment::context)
                .map(context -> inExistingCluster(name, context, removal -> removal.doomed(context)))
                .orElseGet(() -> kindCluster(name, known)));
        if (Files.exists(store.folder(name))) {
            doomed.add("its state in " + store.folder(name));
        }
        return doomed;
    }

    private List<String> kindCluster(String name, Optional<Environment> known) {
        ClusterState state = clusters(known).state(name);
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
        try (EnvironmentLock held = lock(name)) {
            new DetachedForward(store.folder(name)).stop();
            // Whoever held the lock may have changed it.
            Optional<Environment> known = known(name);
            Optional<String> context = known.flatMap(Environment::context);
            if (context.isPresent()) {
                inExistingCluster(name, context.get(), removal -> {
                    removal.run(Deadline.in(FOR_THE_OBJECTS));
                    return doomed;
                });
            } else {
                clusters(known).delete(name, surroundings.progress());
                UserKubeconfig.ofUser().remove(name);
            }
            store.delete(name);
        }
        return doomed;
    }

    private Optional<Environment> known(String name) {
        return store.load(name, surroundings.progress()::warning);
    }

    /**
     * What {@link #forget} would delete, for the question; empty when nothing is known. Asks no cluster.
     *
     * @throws KfmrException exit 2 for an environment with a cluster of its own
     */
    public List<String> wouldForget(String name) {
        if (!store.isKnown(name)) {
            return List.of();
        }
        if (known(name).flatMap(Environment::context).isEmpty()) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "down.own-cluster",
                    "The environment " + name + " cannot only be forgotten.",
                    "Its cluster is kfmr's own, and would stay behind.",
                    "Delete both: kfmr down" + option(name));
        }
        return List.of("its state in " + store.folder(name));
    }

    /**
     * For an installation in a cluster that was there before and cannot be asked any more.
     *
     * @return what was deleted: nothing in the cluster
     */
    public List<String> forget(String name) {
        List<String> doomed = wouldForget(name);
        if (doomed.isEmpty()) {
            return doomed;
        }
        try (EnvironmentLock held = lock(name)) {
            new DetachedForward(store.folder(name)).stop();
            store.delete(name);
        }
        return doomed;
    }

    private EnvironmentLock lock(String name) {
        return EnvironmentLock.take(store.folder(name), Deadline.in(FOR_THE_LOCK), text -> surroundings
                .progress()
                .step(Stage.DELETE, text));
    }

    private <T> T inExistingCluster(String name, String context, Function<Removal, T> work) {
        try (ClusterConnection connection = reached(name, context, () -> ClusterConnection.toContext(context))) {
            reached(name, context, () -> {
                connection.awaitReady(Deadline.in(FOR_THE_API_SERVER));
                return connection;
            });
            return work.apply(new Removal(connection.client(), surroundings.progress()));
        } catch (KubernetesClientException e) {
            throw Refusal.error(e);
        }
    }

    private static ClusterConnection reached(String name, String context, Supplier<ClusterConnection> step) {
        try {
            return step.get();
        } catch (KfmrException e) {
            throw e.isInterrupt() ? e : notReached(name, context, e);
        }
    }

    private static KfmrException notReached(String name, String context, KfmrException cause) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "down.cluster-not-reached",
                "The installation " + name + " cannot be deleted: its cluster, of context " + context
                        + ", cannot be asked. Nothing was deleted.",
                cause.what() + " " + cause.why(),
                cause.remedy() + "\nIf the cluster is gone for good: kfmr down --forget" + option(name)
                        + "\nIf its context only has another name now: the same, then kfmr up --context NEW"
                        + option(name) + ", which finds the installation again.",
                cause);
    }

    private static String option(String name) {
        return " --name " + name;
    }

    private KindClusters clusters(Optional<Environment> known) {
        Engine engine = Engines.find(surroundings.environment());
        return new KindClusters(new Tools(surroundings).kind(pins(known)), engine, surroundings.directories());
    }

    /** Those of {@code up}; the default ones when they are not known any more, or their file is gone. */
    private static Pins pins(Optional<Environment> known) {
        PinsLibrary library = new PinsLibrary();
        try {
            return library.load(known.map(Environment::pins).orElse(library.defaultName()));
        } catch (KfmrException e) {
            return library.load(library.defaultName());
        }
    }
}
