package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void makesFoldersAndReplacesWhatIsThere() {
        Path file = folder.resolve("a/b/file");

        WholeFile.write(file, "old");
        WholeFile.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryContaining("glob:**/file").isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void keepsSecretsFromOthers() throws IOException {
        Path file = folder.resolve("kubeconfig");

        WholeFile.writePrivate(file, "secret");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void saysWhatCannotBeWritten() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));

        assertThatThrownBy(() -> WholeFile.write(taken.resolve("file"), "x"))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("disk.unwritable");
                    assertThat(e.what()).contains("taken/file");
                });
    }
}
