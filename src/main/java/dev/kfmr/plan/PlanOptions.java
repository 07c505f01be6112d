package dev.kfmr.plan;

import dev.kfmr.core.InOrder;
import java.util.Map;
import java.util.Set;

/**
 * @param with components that the profile leaves out, and that are wanted
 * @param without optional components that are not wanted
 * @param images replacements that healing chose before, from image to image
 */
public record PlanOptions(Set<String> with, Set<String> without, Map<String, String> images) {
    public PlanOptions {
        with = Set.copyOf(with);
        without = Set.copyOf(without);
        images = InOrder.copyOf(images);
    }

    /** The profile as it stands. */
    public static PlanOptions none() {
        return new PlanOptions(Set.of(), Set.of(), Map.of());
    }
}
