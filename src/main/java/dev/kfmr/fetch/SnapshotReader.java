package dev.kfmr.fetch;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Reads a source from one address with as few bytes as the server allows: the pinned trees, else the commit without its
 * files, else the commit; then the files of the wanted folders in one request.
 */
final class SnapshotReader {
    /** Documents, scripts, pictures and archives that lie beside manifests: rendering reads none of them. */
    private static final Pattern NEVER_RENDERED =
            Pattern.compile("(.*/)?(OWNERS|Makefile|\\.gitignore|[^/]*\\.(md|sh|png|gz))");
    /** A mirror may hold a part of a repository; one that lacks more files than this is not a mirror of it. */
    private static final int MOST_ABSENT_FILES = 20;

    private final GitRemote remote;
    private final Source source;

    SnapshotReader(GitRemote remote, Source source) {
        this.remote = remote;
        this.source = source;
    }

    Snapshot read() throws GitFailure {
        try (InMemoryRepository repository = newRepository()) {
            Map<String, ObjectId> trees = pinnedTrees(repository);
            Map<String, ObjectId> files = list(repository, trees.isEmpty() ? treesOfCommit(repository) : trees);
            List<String> absent = fetchFiles(repository, files);
            return new Snapshot(contents(repository, files, absent), absent);
        } catch (GitFailure e) {
            throw e;
        } catch (IOException e) {
            throw GitFailure.of(e);
        }
    }

    static InMemoryRepository newRepository() {
        // A repository in files measures the file system's clock first: three seconds on a fresh home.
        PlainSystem.install();
        return new InMemoryRepository(new DfsRepositoryDescription("kfmr"));
    }

    /** Puts the commit and its trees into the repository. @return the commit's own tree */
    static ObjectId fetchCommit(GitRemote remote, Repository repository, ObjectId commit) throws IOException {
        try {
            remote.fetch(repository, List.of(commit), GitRemote.Extent.NEWEST_TREES);
        } catch (GitFailure e) {
            if (e.kind() != GitFailure.Kind.NO_FILTER) {
                throw e;
            }
            remote.fetch(repository, List.of(commit), GitRemote.Extent.NEWEST);
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getTree().copy();
        }
    }

    /** The tree of a folder within a commit's tree. */
    static Optional<ObjectId> subtree(Repository repository, ObjectId root, String folder) throws IOException {
        if (folder.isEmpty() || folder.equals(".")) {
            return Optional.of(root);
        }
        try (TreeWalk walk = TreeWalk.forPath(repository, folder, root)) {
            boolean isFolder = walk != null && walk.getFileMode(0).equals(FileMode.TREE);
            return isFolder ? Optional.of(walk.getObjectId(0)) : Optional.empty();
        }
    }

    /** Empty when not every folder's tree is pinned, or when the server gives commits only. */
    private Map<String, ObjectId> pinnedTrees(Repository repository) throws IOException {
        if (!source.trees().keySet().containsAll(source.folders())) {
            return Map.of();
        }
        Map<String, ObjectId> trees = new LinkedHashMap<>();
        source.folders()
                .forEach(folder ->
                        trees.put(folder, ObjectId.fromString(source.trees().get(folder))));
        try {
            remote.fetch(repository, Set.copyOf(trees.values()), GitRemote.Extent.TREES);
        } catch (GitFailure e) {
            if (e.kind() == GitFailure.Kind.NO_OBJECT) {
                return Map.of();
            }
            if (e.kind() != GitFailure.Kind.NO_FILTER) {
                throw e;
            }
            remote.fetch(repository, Set.copyOf(trees.values()), GitRemote.Extent.OBJECTS);
        }
        return trees;
    }

    private Map<String, ObjectId> treesOfCommit(Repository repository) throws IOException {
        ObjectId root = fetchCommit(remote, repository, ObjectId.fromString(source.commit()));
        Map<String, ObjectId> trees = new LinkedHashMap<>();
        for (String folder : source.folders()) {
            ObjectId tree = subtree(repository, root, folder).orElseThrow(() -> pathMissing(folder));
            String pinned = source.trees().getOrDefault(folder, tree.name());
            if (!pinned.equals(tree.name())) {
                throw treeDiffers(folder, pinned, tree);
            }
            trees.put(folder, tree);
        }
        return trees;
    }

    private static Map<String, ObjectId> list(Repository repository, Map<String, ObjectId> trees) throws IOException {
        Map<String, ObjectId> files = new TreeMap<>();
        for (Map.Entry<String, ObjectId> tree : trees.entrySet()) {
            String folder = tree.getKey();
            String prefix = folder.isEmpty() || folder.equals(".") ? "" : folder + "/";
            try (TreeWalk walk = new TreeWalk(repository)) {
                walk.addTree(tree.getValue());
                walk.setRecursive(true);
                while (walk.next()) {
                    String path = prefix + walk.getPathString();
                    boolean regular = (walk.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
                    if (regular && !NEVER_RENDERED.matcher(path).matches()) {
                        files.put(path, walk.getObjectId(0));
                    }
                }
            }
        }
        return files;
    }

    /** @return the files that the server does not have */
    private List<String> fetchFiles(Repository repository, Map<String, ObjectId> files) throws IOException {
        Set<ObjectId> wanted = notIn(repository, files.values());
        Set<ObjectId> absent = new HashSet<>();
        while (!wanted.isEmpty()) {
            try {
                remote.fetch(repository, wanted, GitRemote.Extent.OBJECTS);
                break;
            } catch (GitFailure e) {
                ObjectId refused = e.object().orElseThrow(() -> e);
                if (absent.size() == MOST_ABSENT_FILES || !wanted.remove(refused)) {
                    throw pathMissing(pathOf(refused, files));
                }
                absent.add(refused);
            }
        }
        return files.entrySet().stream()
                .filter(file -> absent.contains(file.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<ObjectId> notIn(Repository repository, Collection<ObjectId> ids) throws IOException {
        Set<ObjectId> missing = new HashSet<>();
        try (ObjectReader reader = repository.newObjectReader()) {
            for (ObjectId id : ids) {
                if (!reader.has(id)) {
                    missing.add(id);
                }
            }
        }
        return missing;
    }

    private static String pathOf(ObjectId id, Map<String, ObjectId> files) {
        return files.entrySet().stream()
                .filter(file -> file.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(id.name());
    }

    private static Map<String, byte[]> contents(Repository repository, Map<String, ObjectId> files, List<String> absent)
            throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        List<String> present = new ArrayList<>(files.keySet());
        present.removeAll(absent);
        try (ObjectReader reader = repository.newObjectReader()) {
            for (String path : present) {
                ObjectId id = files.get(path);
                contents.put(path, reader.open(id).getBytes());
            }
        }
        return contents;
    }

    private KfmrException pathMissing(String path) {
        return new KfmrException(
                ExitCode.UPSTREAM,
                "source.path-missing",
                "Source " + source.name() + " " + source.tag() + " has no " + path + ".",
                "Commit " + source.commit() + " at " + remote + " was read; pinned at " + source.pinnedAt() + ".",
                "Correct the folders of this source in the pins file, or, with a mirror, complete the mirror.");
    }

    private KfmrException treeDiffers(String folder, String pinned, ObjectId actual) {
        return new KfmrException(
                ExitCode.UPSTREAM,
                "source.tree-differs",
                "Source " + source.name() + " " + source.tag() + ": " + folder + " is not the tree that is pinned.",
                "Commit " + source.commit() + " has " + actual.name() + ", pinned is " + pinned + " at "
                        + source.pinnedAt() + ".",
                "Correct the tree in the pins file.");
    }
}
