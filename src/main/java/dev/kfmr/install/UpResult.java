package dev.kfmr.install;

import dev.kfmr.core.InOrder;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.plan.Plan;
import dev.kfmr.state.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code up} came to.
 *
 * @param password the first user's, where it is not the shipped one any more
 * @param isNew whether the environment was not there before
 * @param changedObjects how many objects were written
 * @param took time of each stage that ran
 * @param total the whole time, with what belongs to no stage
 */
public record UpResult(
        Environment environment,
        Plan plan,
        Optional<String> password,
        boolean isNew,
        int changedObjects,
        Map<Stage, Duration> took,
        Duration total) {
    public UpResult {
        took = InOrder.copyOf(took);
    }

    UpResult ofNewEnvironment() {
        return new UpResult(environment, plan, password, true, changedObjects, took, total);
    }

    /** The same after the first user got another password. */
    public UpResult withPassword(String changed) {
        return new UpResult(environment, plan, Optional.of(changed), isNew, changedObjects, took, total);
    }
}
