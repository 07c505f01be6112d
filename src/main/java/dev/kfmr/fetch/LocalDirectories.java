package dev.kfmr.fetch;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.Folder;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Sha256;
import dev.kfmr.core.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories of the user's, copied as they are now: each copy's name says what is in it, as a source's commit does. */
public final class LocalDirectories {
    private static final String GIT = ".git";

    private final Path root;

    public LocalDirectories(Path cacheDir) {
        this.root = cacheDir.resolve("sources");
    }

    /**
     * @param folder of the directory that must be there
     * @return the copy, which must not be changed
     * @throws KfmrException exit 2, {@code profile.directory-missing}
     */
    public Path copy(Path directory, String folder) {
        Path wanted = directory.resolve(folder).normalize();
        if (!wanted.startsWith(directory) || !Files.isDirectory(wanted)) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "profile.directory-missing",
                    "There is no directory " + wanted + " in " + directory + ".",
                    "The profile names it as a component's path in a directory of this machine.",
                    "Correct path or directory: docs/profiles.md");
        }
        try {
            SortedMap<String, byte[]> files = files(directory);
            String hash = hash(files);
            Path copy = root.resolve("local-" + hash);
            if (!Files.isDirectory(copy) || !hash(files(copy)).equals(hash)) {
                Path fresh = Files.createTempDirectory(Files.createDirectories(root), ".new-");
                write(files, fresh);
                Folder.delete(copy);
                Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
            }
            return copy;
        } catch (IOException e) {
            throw WholeFile.unwritable(root, e);
        }
    }

    /** Content by path, without git's own. */
    private static SortedMap<String, byte[]> files(Path directory) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                Path path = directory.relativize(file);
                if (!path.startsWith(GIT)) {
                    files.put(path.toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static String hash(SortedMap<String, byte[]> files) {
        MessageDigest digest = Sha256.digest();
        files.forEach((path, content) -> {
            digest.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    private static void write(SortedMap<String, byte[]> files, Path copy) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = copy.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
    }
}
