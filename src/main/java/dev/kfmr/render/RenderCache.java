package dev.kfmr.render;

import dev.kfmr.core.Sha256;
import dev.kfmr.core.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What was rendered before, by everything that it depends on. Each file begins with the hash of the rest. */
final class RenderCache {
    private final Path folder;

    RenderCache(Path cache) {
        this.folder = cache.resolve("renders");
    }

    Optional<String> get(String key) {
        Path file = folder.resolve(key + ".yaml");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text = WholeFile.read(file);
        int end = text.indexOf('\n');
        boolean whole = end > 0 && text.substring(0, end).equals("# " + Sha256.hex(text.substring(end + 1)));
        return whole ? Optional.of(text.substring(end + 1)) : Optional.empty();
    }

    void put(String key, String rendered) {
        WholeFile.write(folder.resolve(key + ".yaml"), "# " + Sha256.hex(rendered) + "\n" + rendered);
    }
}
