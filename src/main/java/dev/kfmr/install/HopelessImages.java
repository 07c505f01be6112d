package dev.kfmr.install;

import dev.kfmr.install.ComponentReadiness.Item;
import dev.kfmr.ready.PodExplanation.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Ends a wait early that cannot succeed: an image that no registry has, while nothing else got any further for two
 * minutes. Every other trouble is given the whole deadline, since it may pass: a registry comes back, a crash loop ends.
 */
final class HopelessImages {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Clock clock;
    private int mostReady = -1;
    private Instant lastStep;

    HopelessImages(Clock clock) {
        this.clock = clock;
        this.lastStep = clock.instant();
    }

    boolean isHopeless(List<ComponentReadiness> components) {
        int ready = components.stream()
                .mapToInt(component ->
                        component.items().size() - component.unready().size())
                .sum();
        boolean isAllApplied = components.stream().allMatch(ComponentReadiness::isApplied);
        if (ready > mostReady || !isAllApplied) {
            mostReady = Math.max(ready, mostReady);
            lastStep = clock.instant();
        }
        return components.stream()
                        .flatMap(component -> component.unready().stream())
                        .anyMatch(HopelessImages::lacksImage)
                && lastStep.plus(PATIENCE).isBefore(clock.instant());
    }

    private static boolean lacksImage(Item item) {
        return item.explanation()
                .filter(explanation -> explanation.reason() == Reason.IMAGE_NOT_FOUND)
                .isPresent();
    }
}
