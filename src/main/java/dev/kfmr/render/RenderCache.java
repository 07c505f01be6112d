package dev.kfmr.render;

import dev.kfmr.core.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        boolean whole = end > 0 && text.substring(0, end).equals("# " + hash(text.substring(end + 1)));
        return whole ? Optional.of(text.substring(end + 1)) : Optional.empty();
    }

    void put(String key, String rendered) {
        WholeFile.write(folder.resolve(key + ".yaml"), "# " + hash(rendered) + "\n" + rendered);
    }

    /** SHA-256 in hex. */
    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
