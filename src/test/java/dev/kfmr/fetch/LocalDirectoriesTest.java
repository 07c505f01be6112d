package dev.kfmr.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoriesTest {
    @TempDir
    private Path home;

    private Path directory;
    private LocalDirectories local;

    @BeforeEach
    void makeADirectory() throws IOException {
        directory = Files.createDirectories(home.resolve("deploy"));
        write("base/kustomization.yaml", "resources: [one.yaml]");
        write("laptop/kustomization.yaml", "resources: [../base]");
        write(".git/HEAD", "ref: refs/heads/main");
        local = new LocalDirectories(home.resolve("cache"));
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void copiesAllButGitsOwn() {
        Path copy = local.copy(directory, "laptop");

        assertThat(copy.resolve("laptop/kustomization.yaml")).hasContent("resources: [../base]");
        assertThat(copy.resolve("base/kustomization.yaml")).hasContent("resources: [one.yaml]");
        assertThat(copy.resolve(".git")).doesNotExist();
    }

    @Test
    void namesACopyByWhatIsInIt() throws IOException {
        Path first = local.copy(directory, "laptop");
        write(".git/HEAD", "ref: refs/heads/other");
        Path same = local.copy(directory, "laptop");
        write("base/one.yaml", "kind: ConfigMap");
        Path other = local.copy(directory, "laptop");

        assertThat(same).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(first.resolve("base/one.yaml")).doesNotExist();
    }

    @Test
    void copiesAgainWhatWasSpoiled() throws IOException {
        Path copy = local.copy(directory, "laptop");
        Files.writeString(copy.resolve("base/kustomization.yaml"), "spoiled");

        assertThat(local.copy(directory, "laptop").resolve("base/kustomization.yaml"))
                .hasContent("resources: [one.yaml]");
    }

    @Test
    void namesAFolderThatIsNotThere() {
        assertMissing("lapptop");
        assertMissing("../elsewhere");
    }

    private void assertMissing(String folder) {
        assertThatThrownBy(() -> local.copy(directory, folder)).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("profile.directory-missing");
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e.what()).contains(directory.resolve(folder).normalize().toString());
        });
    }
}
