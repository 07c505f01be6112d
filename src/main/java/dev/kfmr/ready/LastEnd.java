package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** How a container's last run ended: it may still lie there, or wait to start again, or run again. */
public final class LastEnd {
    private LastEnd() {}

    public static Optional<ContainerStateTerminated> of(ContainerStatus status) {
        return Stream.of(status.getState(), status.getLastState())
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst();
    }

    public static Optional<Instant> time(ContainerStateTerminated end) {
        try {
            return Optional.ofNullable(end.getFinishedAt()).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
