package dev.kfmr.profile;

import dev.kfmr.core.InOrder;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A git repository at one commit.
 *
 * @param name key in the release set, such as {@code pipelines}
 * @param urls where it lives, then its former or other addresses, tried in this order; never empty
 * @param tag the release's tag, which must still point to {@code commit}; for people
 * @param commit full id, 40 hex digits
 * @param folders folders that hold every file that the used paths read; nothing else is fetched
 * @param trees folder to the id of its git tree, where pinned: fetched without reading the commit
 * @param pinnedAt file and line of the pin, for errors
 */
public record Source(
        String name,
        List<URI> urls,
        String tag,
        String commit,
        List<String> folders,
        Map<String, String> trees,
        String pinnedAt) {
    public Source {
        urls = List.copyOf(urls);
        folders = List.copyOf(folders);
        trees = InOrder.copyOf(trees);
    }
}
