package dev.kfmr.profile;

import dev.kfmr.core.InOrder;
import java.util.List;
import java.util.Map;

/**
 * A change to what upstream ships, as kustomize knows it, with the reason for it. Written into the overlay around an
 * upstream path.
 *
 * @param id stable, such as {@code mlmd-image}
 * @param components the components that it applies to; never empty
 * @param reason one sentence for a person
 * @param thread where upstream speaks of it, {@code owner/repository#number} or a URL; empty when there is none
 * @param images image replacements, name with tag as it stands upstream to name with tag to take instead
 * @param target kustomize's target of {@code content}: keys kind, name, namespace, labelSelector …; empty for a
 *     strategic merge patch that names its own object
 * @param content a strategic merge or JSON 6902 patch as YAML text; empty when only images change
 */
public record Patch(
        String id,
        List<String> components,
        String reason,
        String thread,
        Map<String, String> images,
        Map<String, String> target,
        String content) {
    public Patch {
        components = List.copyOf(components);
        images = InOrder.copyOf(images);
        target = InOrder.copyOf(target);
    }
}
