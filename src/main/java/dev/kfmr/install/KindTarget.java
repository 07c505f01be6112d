package dev.kfmr.install;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterSpec;
import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Deadline;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Plan;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** A kind cluster of the environment's own, on this machine. */
final class KindTarget implements Target {
    private final Surroundings surroundings;
    private final String name;
    private final ClusterChoice wanted;
    private final MachineCheck machine;
    private final Engine engine;
    private final KindClusters clusters;

    /**
     * @param engine that answers
     * @param kind the program
     */
    KindTarget(
            Surroundings surroundings,
            String name,
            ClusterChoice wanted,
            MachineCheck machine,
            Engine engine,
            Path kind) {
        this.surroundings = surroundings;
        this.name = name;
        this.wanted = wanted;
        this.machine = machine;
        this.engine = engine;
        this.clusters = new KindClusters(kind, engine, surroundings.directories());
    }

    @Override
    public Optional<Environment> remembered() {
        return Remembered.read(name, clusters);
    }

    @Override
    public Environment environment(Choice choice, Set<ComputeResource> lowered) {
        return choice.environment(Optional.empty(), lowered);
    }

    @Override
    public Set<ComputeResource> fits(Prepared prepared) {
        return machine.fits(engine, prepared, clusters.state(name) == ClusterState.ABSENT);
    }

    @Override
    public void ensure(Plan plan, Environment environment, Deadline deadline) {
        ClusterSpec spec = new ClusterSpec(
                name,
                wanted.nodeImage().orElse(plan.pins().nodeImage()),
                wanted.nodes(),
                wanted.registryMirror(),
                plan.profile().apiServer(),
                wanted.kindConfig(),
                machine.proxies(),
                surroundings.caFile(),
                wanted.retain());
        clusters.ensure(spec, surroundings.progress(), deadline);
        warnOfOtherNodes();
        new EnvironmentStore(surroundings.directories()).save(environment);
        UserKubeconfig.ofUser().add(clusters.kubeconfig(name), name, wanted.setContext());
    }

    /** Of one that was there. */
    private void warnOfOtherNodes() {
        if (wanted.nodes() == 1) {
            return; // Also where nobody asked for a number.
        }
        int nodes = clusters.nodes(name).size();
        if (nodes != wanted.nodes()) {
            surroundings
                    .progress()
                    .warning("The cluster keeps its " + (nodes == 1 ? "one node" : nodes + " nodes") + ": --nodes "
                            + wanted.nodes() + " counts when a cluster is made. To make it anew: kfmr down --name "
                            + name
                            + ", then this command again.");
        }
    }

    @Override
    public ClusterConnection connect() {
        return ClusterConnection.toKubeconfig(clusters.kubeconfig(name));
    }

    @Override
    public Optional<EngineKind> engine() {
        return Optional.of(engine.kind());
    }
}
