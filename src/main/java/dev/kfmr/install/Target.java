package dev.kfmr.install;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Deadline;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Plan;
import dev.kfmr.state.Environment;
import java.util.Optional;
import java.util.Set;

/** The cluster that an installation goes into: one that kfmr makes, or one that is there. */
interface Target {
    /** The environment as the cluster remembers it; empty where it holds no installation. */
    Optional<Environment> remembered();

    /** A new environment of this choice in this cluster. @param lowered what requests are lowered of */
    Environment environment(Choice choice, Set<ComputeResource> lowered);

    /** @return what requests must be lowered of @throws KfmrException exit 3 for what would make the installation fail, before anything is created */
    Set<ComputeResource> fits(Prepared prepared);

    /** Makes the cluster be there. @param environment saved as soon as there is something to remember */
    void ensure(Plan plan, Environment environment, Deadline deadline);

    ClusterConnection connect();

    /** The engine that runs the cluster, where kfmr made it. */
    Optional<EngineKind> engine();
}
