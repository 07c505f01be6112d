package dev.kfmr.fetch;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.profile.Source;
import dev.kfmr.tools.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Brings the folders of pinned sources to this machine: from the cache, else from the first address that has them. */
public final class SourceFetcher {
    private final SourceCache cache;
    private final Origins origins;
    private final Progress progress;

    public SourceFetcher(Path cacheDir, Origins origins, Progress progress) {
        this.cache = new SourceCache(cacheDir);
        this.origins = origins;
        this.progress = progress;
    }

    /**
     * The folder of each source by its name; in it, the source's folders at their paths in the repository. The content
     * is the commit's, verified by git's own hashes, and must not be changed.
     *
     * @throws KfmrException UPSTREAM {@code source.commit-missing}, {@code source.path-missing},
     *     {@code source.tree-differs} or {@code source.unreachable}
     */
    public Map<String, Path> fetch(List<Source> sources, Deadline deadline) {
        Map<String, Path> folders = new LinkedHashMap<>();
        List<Source> missing = new ArrayList<>();
        for (Source source : sources) {
            Optional<SourceCache.Entry> cached = cache.find(source);
            cached.ifPresentOrElse(entry -> folders.put(source.name(), use(source, entry)), () -> missing.add(source));
        }
        if (!missing.isEmpty()) {
            Trust trust = origins.trust();
            List<SourceCache.Entry> entries =
                    Parallel.map(missing, source -> fetchOne(source, trust, deadline), deadline, "fetching sources");
            for (int i = 0; i < missing.size(); i++) {
                folders.put(missing.get(i).name(), use(missing.get(i), entries.get(i)));
            }
        }
        return folders;
    }

    private Path use(Source source, SourceCache.Entry entry) {
        if (!entry.absent().isEmpty()) {
            progress.step(
                    Progress.Stage.FETCH,
                    source.name() + " " + source.tag() + " without "
                            + entry.absent().size()
                            + " files that its server does not have (rendering names one that it needs)");
        }
        return entry.folder();
    }

    private SourceCache.Entry fetchOne(Source source, Trust trust, Deadline deadline) {
        long start = System.nanoTime();
        List<String> failures = new ArrayList<>();
        boolean commitMissing = false;
        for (URI url : source.urls()) {
            GitRemote remote = origins.remote(url, trust, deadline);
            try {
                SourceCache.Entry entry = cache.put(source, new SnapshotReader(remote, source).read());
                progress.step(Stage.FETCH, fetched(source, remote.received(), System.nanoTime() - start));
                return entry;
            } catch (GitFailure e) {
                failures.add(remote + ": " + e.getMessage());
                commitMissing |= e.kind() == GitFailure.Kind.NO_OBJECT;
            }
        }
        throw commitMissing ? commitMissing(source, failures) : unreachable(source, failures);
    }

    private static String fetched(Source source, long bytes, long nanos) {
        return String.format(
                Locale.ROOT,
                "fetched %s %s (%.1f MB in %.1f s)",
                source.name(),
                source.tag(),
                bytes / 1e6,
                nanos / 1e9);
    }

    private static KfmrException commitMissing(Source source, List<String> failures) {
        return new KfmrException(
                ExitCode.UPSTREAM,
                "source.commit-missing",
                "Commit " + source.commit() + " of " + source.name() + " " + source.tag() + " is gone or never was.",
                "Pinned at " + source.pinnedAt() + ". Asked:\n" + String.join("\n", failures),
                "Correct the pin; with a mirror, bring the mirror up to date.");
    }

    private static KfmrException unreachable(Source source, List<String> failures) {
        return new KfmrException(
                ExitCode.UPSTREAM,
                "source.unreachable",
                "Cannot fetch " + source.name() + " " + source.tag() + ".",
                "Pinned at " + source.pinnedAt() + ". Asked:\n" + String.join("\n", failures),
                "Check the network; behind a proxy set HTTPS_PROXY, or name a mirror. Then run the same command again.");
    }
}
