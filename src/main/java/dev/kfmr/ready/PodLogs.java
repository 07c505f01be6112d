package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** Reads what a container's last run left in its log. */
public interface PodLogs {
    /** The last lines; empty text for a run that said nothing; no text at all when it cannot be read. */
    Optional<String> ofLastRun(Pod pod, String container);

    /** The last lines so far of a container that runs; empty when they cannot be read. */
    default Optional<String> ofPresentRun(Pod pod, String container) {
        return Optional.empty();
    }

    /** For who must not ask the cluster. */
    static PodLogs none() {
        return (pod, container) -> Optional.empty();
    }
}
