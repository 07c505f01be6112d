package dev.kfmr.install;

import dev.kfmr.core.InOrder;
import java.time.Duration;
import java.util.Map;

/**
 * What a rollout did.
 *
 * @param images replacements of images that crash, those of the plan included; to be kept for the next run
 * @param changedObjects how many applied objects are other than before
 * @param applied from the start until everything was applied
 * @param ready from the start until everything was ready
 * @param calm how long it stayed so, which proves it
 */
public record RolloutResult(
        Map<String, String> images, int changedObjects, Duration applied, Duration ready, Duration calm) {
    public RolloutResult {
        images = InOrder.copyOf(images);
    }
}
