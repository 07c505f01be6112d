package dev.kfmr.cli;

import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.state.Environment;
import java.util.Optional;

/** That requests are lowered, and why, as people read it. */
final class LoweredRequestsText {
    private LoweredRequestsText() {}

    /** Empty where all are upstream's. */
    static Optional<String> of(Environment environment) {
        if (environment.requestsLowered().isEmpty()) {
            return Optional.empty();
        }
        String why = environment.requests() == RequestPolicy.LOWERED
                ? "as asked for."
                : "since the machine cannot hold upstream's.";
        return Optional.of(
                "Requests for " + ComputeResource.titles(environment.requestsLowered()) + " are lowered, " + why);
    }
}
