package dev.kfmr.fetch;

import dev.kfmr.core.InOrder;
import dev.kfmr.profile.Source;
import java.util.List;
import java.util.Map;

/**
 * A later release of one source, and what of it concerns the paths that kfmr uses.
 *
 * @param source as it is pinned
 * @param tag the later one
 * @param commit that it leads to, 40 hex digits
 * @param trees folder to the id of its git tree there
 * @param changed folders of which something changed
 * @param vanished folders, and paths of kustomizations, that it has no more
 */
public record PinUpdate(
        Source source,
        String tag,
        String commit,
        Map<String, String> trees,
        List<String> changed,
        List<String> vanished) {
    public PinUpdate {
        trees = InOrder.copyOf(trees);
        changed = List.copyOf(changed);
        vanished = List.copyOf(vanished);
    }
}
