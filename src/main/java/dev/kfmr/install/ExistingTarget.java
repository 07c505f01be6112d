package dev.kfmr.install;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Deadline;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Plan;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A cluster that is there, of any number of nodes: kfmr makes none, and takes nothing but its own objects away. */
final class ExistingTarget implements Target {
    private static final Duration FOR_THE_API_SERVER = Duration.ofSeconds(30);

    private final Surroundings surroundings;
    private final String name;
    private final String context;

    ExistingTarget(Surroundings surroundings, String name, String context) {
        this.surroundings = surroundings;
        this.name = name;
        this.context = context;
    }

    @Override
    public Optional<Environment> remembered() {
        try (ClusterConnection connection = connect()) {
            connection.awaitReady(Deadline.in(FOR_THE_API_SERVER));
            return Remembered.read(name, connection.reader()).map(environment -> environment.inContext(context));
        }
    }

    @Override
    public Environment environment(Choice choice, Set<ComputeResource> lowered) {
        return choice.environment(Optional.of(context), lowered);
    }

    /** What is installed already has its room, and keeps its requests: the pods themselves would be in the way of a sum. */
    @Override
    public Set<ComputeResource> fits(Prepared prepared) {
        try (ClusterConnection connection = connect()) {
            Optional<Environment> installed = Remembered.read(name, connection.reader());
            if (installed.isEmpty()) {
                return new ClusterCheck(surroundings, connection.client()).fits(prepared);
            }
            return installed.get().lowers(prepared.choice().requests());
        }
    }

    @Override
    public void ensure(Plan plan, Environment environment, Deadline deadline) {
        new EnvironmentStore(surroundings.directories()).save(environment);
    }

    @Override
    public ClusterConnection connect() {
        return ClusterConnection.toContext(context);
    }

    @Override
    public Optional<EngineKind> engine() {
        return Optional.empty();
    }
}
