package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import java.time.Duration;
import java.util.Map;

/**
 * What a rollout did.
 *
 * @param images replacements of images that crash, those of the plan included; to be kept for the next run
 * @param sent how often each object was sent
 * @param changedObjects how many applied objects are other than before
 * @param applied from the start until everything was applied
 * @param ready from the start until everything was ready, without the calm that proves it
 */
public record RolloutResult(
        Map<String, String> images,
        Map<ObjectRef, Integer> sent,
        int changedObjects,
        Duration applied,
        Duration ready) {
    public RolloutResult {
        images = Map.copyOf(images);
        sent = Map.copyOf(sent);
    }

    /** The same, with objects that were written afterwards. */
    RolloutResult plus(int changedAfterwards) {
        return new RolloutResult(images, sent, changedObjects + changedAfterwards, applied, ready);
    }
}
