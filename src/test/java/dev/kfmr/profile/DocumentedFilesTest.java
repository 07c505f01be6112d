package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/profiles.md} are whole files that work. */
class DocumentedFilesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n# (\\S+)\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void everyExampleIsReadWithoutAnError() throws IOException {
        List<String> names = EXAMPLE.matcher(Files.readString(Path.of("docs/profiles.md")))
                .results()
                .map(example -> read(example.group(1), example.group(2)))
                .toList();

        assertThat(names).containsExactly("registry", "bigger", "our-fork");
    }

    private String read(String name, String text) {
        Path file = folder.resolve(name);
        dev.kfmr.core.WholeFile.write(file, text);
        return name.contains("pins")
                ? new PinsLibrary().load(file.toString()).release()
                : new ProfileLibrary().load(file.toString()).name();
    }
}
