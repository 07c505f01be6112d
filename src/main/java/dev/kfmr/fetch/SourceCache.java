package dev.kfmr.fetch;

import dev.kfmr.core.Folder;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * Fetched sources on disk, one folder each, with a list of its files' sizes and git ids. A folder is used only when every
 * file still is what the list says.
 */
final class SourceCache {
    private static final String LIST = ".kfmr-files";
    private static final String ABSENT = "absent";

    private final Path root;

    SourceCache(Path cacheDir) {
        this.root = cacheDir.resolve("sources");
    }

    /**
     * @param folder where the files are, at their paths in the repository
     * @param absent files that the server did not have
     */
    record Entry(Path folder, List<String> absent) {}

    /** The source's folder, when it is there and whole. */
    Optional<Entry> find(Source source) {
        Path folder = folder(source);
        try {
            List<String> lines = Files.readAllLines(folder.resolve(LIST));
            List<String> files = lines.subList(Math.min(1, lines.size()), lines.size());
            if (lines.isEmpty() || !lines.get(0).equals(header(source, files))) {
                return Optional.empty();
            }
            List<String> absent = new ArrayList<>();
            for (String line : files) {
                String[] words = line.split(" ", 3);
                if (words[0].equals(ABSENT)) {
                    absent.add(words[2]);
                } else if (!isWhole(folder.resolve(words[2]), Long.parseLong(words[0]), words[1])) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Entry(folder, List.copyOf(absent)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes a source, in place of what is there; whoever looks meanwhile sees the whole or nothing. */
    Entry put(Source source, Snapshot snapshot) {
        Path folder = folder(source);
        try {
            Files.createDirectories(root);
            Path fresh = Files.createTempDirectory(root, ".new-");
            try {
                write(source, snapshot, fresh);
                replace(folder, fresh, source);
            } finally {
                Folder.delete(fresh);
            }
            return new Entry(folder, snapshot.absent());
        } catch (IOException e) {
            throw WholeFile.unwritable(folder, e);
        }
    }

    private void replace(Path folder, Path fresh, Source source) throws IOException {
        if (Files.exists(folder)) {
            Path old = Files.createTempDirectory(root, ".old-");
            Files.move(folder, old.resolve("source"), StandardCopyOption.ATOMIC_MOVE);
            Folder.delete(old);
        }
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another kfmr may have been faster.
            if (find(source).isEmpty()) {
                throw e;
            }
        }
    }

    private static void write(Source source, Snapshot snapshot, Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : snapshot.files().entrySet()) {
            Path target = folder.resolve(file.getKey()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("a path that leaves its folder: " + file.getKey());
            }
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
            lines.add(file.getValue().length + " " + gitId(file.getValue()) + " " + file.getKey());
        }
        snapshot.absent().forEach(path -> lines.add(ABSENT + " - " + path));
        lines.add(0, header(source, lines));
        Files.write(folder.resolve(LIST), lines);
    }

    /** Holds a hash of the list itself, so that a list cut short is noticed. */
    private static String header(Source source, List<String> files) {
        return source.commit() + " " + gitId(String.join("\n", files).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isWhole(Path file, long size, String id) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == size
                && gitId(Files.readAllBytes(file)).equals(id);
    }

    private static String gitId(byte[] content) {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return formatter.idFor(Constants.OBJ_BLOB, content).name();
        }
    }

    private Path folder(Source source) {
        String wanted =
                String.join("\n", source.folders().stream().sorted().toList()) + "\n" + new TreeMap<>(source.trees());
        String hash = gitId(wanted.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
        return root.resolve(source.name() + "-" + source.commit().substring(0, 12) + "-" + hash);
    }
}
