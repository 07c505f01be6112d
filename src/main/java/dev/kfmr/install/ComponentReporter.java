package dev.kfmr.install;

import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.ComponentState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells how far the components are whenever that changed, but not more often than eyes can follow. */
final class ComponentReporter {
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(250);

    private final Progress progress;
    private final Clock clock;
    private List<ComponentState> told = List.of();
    private Instant toldAt = Instant.EPOCH;

    ComponentReporter(Progress progress, Clock clock) {
        this.progress = progress;
        this.clock = clock;
    }

    void report(List<ComponentReadiness> components) {
        List<ComponentState> states =
                components.stream().map(ComponentReadiness::state).toList();
        boolean isTooSoon = clock.instant().isBefore(toldAt.plus(AT_MOST_EVERY));
        boolean isFinal = states.stream().allMatch(ComponentState::isReady);
        if (states.equals(told) || (isTooSoon && !isFinal)) {
            return;
        }
        told = states;
        toldAt = clock.instant();
        progress.components(states);
    }
}
