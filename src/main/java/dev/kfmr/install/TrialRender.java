package dev.kfmr.install;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.render.Rendered;
import dev.kfmr.state.EnvironmentStore;
import java.util.Optional;
import java.util.Set;

/** What a mode of a release set would install, for no environment. */
final class TrialRender {
    private static final String SCRATCH = "kfmr-trial";

    private final Preparation preparation;
    private final EnvironmentStore store;

    TrialRender(Surroundings surroundings) {
        this.preparation = new Preparation(surroundings);
        this.store = new EnvironmentStore(surroundings.directories());
    }

    /**
     * @param pins release set, or a pins file
     * @throws KfmrException exit 2 when the release set does not have that mode, exit 4 when it cannot be fetched
     */
    Rendered of(String mode, String pins, Deadline deadline) {
        Choice.Asked asked =
                new Choice.Asked(Optional.of(mode), Optional.of(pins), Optional.empty(), Set.of(), Set.of());
        try {
            return preparation.prepare(Choice.fresh(SCRATCH, asked), deadline).rendered();
        } finally {
            store.delete(SCRATCH);
        }
    }
}
