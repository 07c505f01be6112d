package dev.kfmr.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderCacheTest {
    @TempDir
    private Path folder;

    @Test
    void givesBackWhatWasRendered() {
        new RenderCache(folder).put("key", "a: 1\n");

        assertThat(new RenderCache(folder).get("key")).contains("a: 1\n");
        assertThat(new RenderCache(folder).get("other")).isEmpty();
    }

    @Test
    void doesNotBelieveASpoiledFile() throws IOException {
        RenderCache cache = new RenderCache(folder);
        cache.put("key", "a: 1\n");
        Path file = folder.resolve("renders/key.yaml");
        Files.writeString(file, Files.readString(file).replace("a: 1", "a: 2"));

        assertThat(cache.get("key")).isEmpty();
    }
}
