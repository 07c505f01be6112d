package dev.kfmr.fetch;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.profile.PinnedPath;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.Source;
import dev.kfmr.tools.Trust;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Asks upstream whether it still has what a release set pins: commits, tags, trees, and a kustomization at each path. */
public final class PinVerifier {
    private static final List<String> KUSTOMIZATIONS =
            List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private final Origins origins;
    private final Progress progress;

    public PinVerifier(Origins origins, Progress progress) {
        this.origins = origins;
        this.progress = progress;
    }

    /** What was checked, source by source in the order of their names. */
    public List<PinFinding> verify(Pins pins, Deadline deadline) {
        Trust trust = origins.trust();
        List<Source> sources = pins.sources().values().stream()
                .sorted(Comparator.comparing(Source::name))
                .toList();
        return Parallel.map(sources, source -> verify(source, pins, trust, deadline), deadline, "verifying pins")
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<PinFinding> verify(Source source, Pins pins, Trust trust, Deadline deadline) {
        List<PinFinding> failures = new ArrayList<>();
        for (URI url : source.urls()) {
            GitRemote remote = origins.remote(url, trust, deadline);
            try (InMemoryRepository repository = SnapshotReader.newRepository()) {
                List<PinFinding> findings = new ArrayList<>();
                ObjectId root = SnapshotReader.fetchCommit(remote, repository, ObjectId.fromString(source.commit()));
                findings.add(finding(true, source, "commit " + source.commit() + " is at " + remote));
                tag(remote, repository, source).ifPresent(findings::add);
                findings.addAll(trees(repository, root, source));
                findings.addAll(paths(repository, root, source, pins));
                progress.step(Stage.FETCH, "read " + source.name() + " " + source.tag());
                return findings;
            } catch (IOException e) {
                String reason = e instanceof GitFailure ? String.valueOf(e.getMessage()) : e.toString();
                failures.add(finding(false, source, "commit " + source.commit() + " at " + remote + ": " + reason));
            }
        }
        return failures;
    }

    private static Optional<PinFinding> tag(GitRemote remote, Repository repository, Source source) throws GitFailure {
        return remote.tag(repository, source.tag()).map(commit -> {
            boolean same = commit.name().equals(source.commit());
            String text = same
                    ? "tag " + source.tag() + " leads to the commit"
                    : "tag " + source.tag() + " leads to " + commit.name() + ", pinned is " + source.commit();
            return finding(same, source, text);
        });
    }

    private static List<PinFinding> trees(Repository repository, ObjectId root, Source source) throws IOException {
        List<PinFinding> findings = new ArrayList<>();
        for (String folder : source.folders()) {
            Optional<ObjectId> actual = SnapshotReader.subtree(repository, root, folder);
            String pinned = source.trees().getOrDefault(folder, "");
            if (actual.isEmpty()) {
                findings.add(finding(false, source, "there is no folder " + folder));
            } else if (pinned.isEmpty()) {
                findings.add(finding(
                        true,
                        source,
                        "folder " + folder + " is there; its tree is "
                                + actual.get().name()));
            } else if (pinned.equals(actual.get().name())) {
                findings.add(finding(true, source, "folder " + folder + " is tree " + pinned));
            } else {
                findings.add(finding(
                        false,
                        source,
                        "folder " + folder + " is tree " + actual.get().name() + ", pinned is " + pinned));
            }
        }
        return findings;
    }

    private static List<PinFinding> paths(Repository repository, ObjectId root, Source source, Pins pins)
            throws IOException {
        List<PinFinding> findings = new ArrayList<>();
        List<PinnedPath> ofSource = pins.paths().values().stream()
                .filter(path -> path.source().equals(source.name()))
                .sorted(Comparator.comparing(PinnedPath::path))
                .toList();
        for (PinnedPath path : ofSource) {
            boolean found = hasKustomization(repository, root, path.path());
            String text = found ? "path " + path.path() + " is there" : "no kustomization at " + path.path();
            findings.add(new PinFinding(found, source.name(), text, path.pinnedAt()));
        }
        return findings;
    }

    static boolean hasKustomization(Repository repository, ObjectId root, String path) throws IOException {
        for (String name : KUSTOMIZATIONS) {
            try (TreeWalk walk = TreeWalk.forPath(repository, path + "/" + name, root)) {
                if (walk != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private static PinFinding finding(boolean ok, Source source, String text) {
        return new PinFinding(ok, source.name(), text, source.pinnedAt());
    }
}
