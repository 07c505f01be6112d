package dev.kfmr.install;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ready must hold still for a while before it is believed: a container that crashes is ready for a moment too. */
final class Calm {
    private final Duration needed;
    private final Clock clock;
    private Optional<Instant> since = Optional.empty();

    Calm(Duration needed, Clock clock) {
        this.needed = needed;
        this.clock = clock;
    }

    void disturbed() {
        since = Optional.empty();
    }

    /** Whether it has held for as long as needed, this moment included. */
    boolean holds() {
        Instant now = clock.instant();
        if (since.isEmpty()) {
            since = Optional.of(now);
        }
        return !since.get().plus(needed).isAfter(now);
    }

    /** When the present calm began. */
    Optional<Instant> since() {
        return since;
    }
}
