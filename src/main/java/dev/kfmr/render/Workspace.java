package dev.kfmr.render;

import dev.kfmr.core.Folder;
import dev.kfmr.core.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** kfmr's own copy of upstream's files, in which remote bases are rewritten, and the overlays around them. */
final class Workspace {
    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /** Everything is copied anew: what was there before belonged to another plan. */
    static Workspace of(Path folder, Map<String, Path> trees) {
        Workspace workspace = new Workspace(folder);
        try {
            Folder.delete(folder);
            for (Map.Entry<String, Path> tree : trees.entrySet()) {
                copy(tree.getValue(), workspace.source(tree.getKey()));
            }
        } catch (IOException e) {
            throw WholeFile.unwritable(folder, e);
        }
        return workspace;
    }

    Path source(String name) {
        return folder.resolve("sources").resolve(name);
    }

    Path component(String name) {
        return folder.resolve(name);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
