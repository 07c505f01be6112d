package dev.kfmr.fetch;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.profile.PinnedPath;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.RemoteBase;
import dev.kfmr.profile.Source;
import dev.kfmr.tools.Trust;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;

/** Looks for later releases of what a release set pins. Fetches trees, and no files. */
public final class PinUpdater {
    private final Origins origins;
    private final Progress progress;

    public PinUpdater(Origins origins, Progress progress) {
        this.origins = origins;
        this.progress = progress;
    }

    /**
     * The sources that have a later release, by name. A source that another one pulls at a tag of its own choice follows
     * that one, and is left out.
     *
     * @throws KfmrException exit 4 when no address of a source answers
     */
    public List<PinUpdate> look(Pins pins, Deadline deadline) {
        Trust trust = origins.trust();
        Set<String> following =
                pins.remoteBases().stream().map(RemoteBase::source).collect(Collectors.toSet());
        List<Source> sources = pins.sources().values().stream()
                .filter(source -> !following.contains(source.name()))
                .sorted(Comparator.comparing(Source::name))
                .toList();
        return Parallel.map(sources, source -> look(source, pins, trust, deadline), deadline, "looking for releases")
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<PinUpdate> look(Source source, Pins pins, Trust trust, Deadline deadline) {
        List<String> failures = new ArrayList<>();
        for (URI url : source.urls()) {
            GitRemote remote = origins.remote(url, trust, deadline);
            try (InMemoryRepository repository = SnapshotReader.newRepository()) {
                Map<String, ObjectId> tags = remote.tags(repository);
                Optional<String> newest = TagOrder.newest(tags.keySet(), source.tag());
                progress.step(
                        Stage.FETCH,
                        "read " + source.name() + ": " + newest.orElse(source.tag() + " is the newest release"));
                return newest.isEmpty()
                        ? Optional.empty()
                        : Optional.of(update(source, pins, remote, repository, newest.get(), tags));
            } catch (IOException e) {
                failures.add(remote + ": " + e.getMessage());
            }
        }
        throw new KfmrException(
                ExitCode.UPSTREAM,
                "fetch.failed",
                "Cannot look for releases of " + source.name() + ".",
                String.join("\n", failures),
                "Look at the network and its proxy, or name a mirror: --git-mirror URL");
    }

    private static PinUpdate update(
            Source source,
            Pins pins,
            GitRemote remote,
            InMemoryRepository repository,
            String tag,
            Map<String, ObjectId> tags)
            throws IOException {
        ObjectId commit = Objects.requireNonNull(tags.get(tag));
        ObjectId root = SnapshotReader.fetchCommit(remote, repository, commit);
        Map<String, String> trees = new TreeMap<>();
        List<String> changed = new ArrayList<>();
        List<String> vanished = new ArrayList<>();
        for (String folder : source.folders()) {
            Optional<ObjectId> tree = SnapshotReader.subtree(repository, root, folder);
            if (tree.isEmpty()) {
                vanished.add(folder);
            } else {
                trees.put(folder, tree.get().name());
                if (!tree.get().name().equals(source.trees().getOrDefault(folder, ""))) {
                    changed.add(folder);
                }
            }
        }
        for (PinnedPath path : pins.paths().values()) {
            boolean isGone =
                    path.source().equals(source.name()) && !PinVerifier.hasKustomization(repository, root, path.path());
            if (isGone) {
                vanished.add(path.path());
            }
        }
        return new PinUpdate(
                source,
                tag,
                commit.name(),
                trees,
                changed,
                vanished.stream().sorted().distinct().toList());
    }
}
