package dev.kfmr.forward;

import java.time.Duration;

/** Pauses that double, up to a cap. */
final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Duration longest;
    private Duration following = SHORTEST;

    Backoff(Duration longest) {
        this.longest = longest;
    }

    Duration next() {
        Duration pause = following.compareTo(longest) < 0 ? following : longest;
        following = pause.multipliedBy(2);
        return pause;
    }

    void reset() {
        following = SHORTEST;
    }
}
