package dev.kfmr.doctor;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;

/**
 * What decides whether trouble may pass by itself.
 *
 * @param nodesStarted when the node that was started last was; the epoch when that is not known
 * @param isBeingChanged whether another kfmr works on the environment just now
 */
record Circumstances(Instant now, Instant nodesStarted, boolean isBeingChanged) {
    private static final Duration TO_START = Duration.ofMinutes(1);

    /** Whether Kubernetes itself may not be up yet. */
    boolean areNodesStarting() {
        return nodesStarted.plus(TO_START).isAfter(now);
    }

    /** Whether it was made, or its node started, less than this long ago. */
    boolean isYounger(HasMetadata object, Duration than) {
        return WorkloadFaults.created(object)
                .map(this::age)
                .filter(age -> age.compareTo(than) < 0)
                .isPresent();
    }

    /** For how long something that was made then has run: a node that is started anew starts all of it anew. */
    Duration age(Instant created) {
        return Duration.between(created.isAfter(nodesStarted) ? created : nodesStarted, now);
    }
}
