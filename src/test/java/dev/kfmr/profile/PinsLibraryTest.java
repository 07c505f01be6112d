package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinsLibraryTest {
    private final PinsLibrary library = new PinsLibrary();

    @TempDir
    private Path folder;

    @Test
    void readsEveryShippedReleaseSet() throws IOException {
        try (var files = Files.list(Path.of("manifests-pins"))) {
            assertThat(files.map(f -> f.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(library.names());
        }
        library.names().forEach(name -> assertThat(library.load(name).release()).isEqualTo(name));
        assertThat(library.defaultName()).isEqualTo("26.03");
    }

    @Test
    void everyFolderOfAShippedSourceHasThePinnedIdOfItsTree() {
        library.names().forEach(name -> library.load(name).sources().values().forEach(source -> assertThat(
                        source.trees().keySet())
                .as(name + " " + source.name())
                .containsAll(source.folders())));
    }

    @Test
    void everyPathLiesInAFolderThatIsFetched() {
        library.names().forEach(name -> {
            Pins pins = library.load(name);
            pins.paths().forEach((key, path) -> assertThat(
                            java.util.Objects.requireNonNull(pins.sources().get(path.source()))
                                    .folders())
                    .as(name + " " + key)
                    .anyMatch(folder -> path.path().startsWith(folder)));
        });
    }

    @Test
    void aCommitOfOnesOwnDoesAwayWithTheShippedTrees() throws IOException {
        Path file = Files.writeString(
                folder.resolve("fork.yaml"),
                """
                extends: "26.03"
                release: fork
                sources:
                  pipelines:
                    commit: 1111111111111111111111111111111111111111
                """);

        Source source = java.util.Objects.requireNonNull(
                library.load(file.toString()).sources().get("pipelines"));

        assertThat(source.commit()).startsWith("1111");
        assertThat(source.trees()).isEmpty();
        assertThat(source.pinnedAt()).isEqualTo(file + ":5");
        assertThat(source.urls().get(0)).hasToString("https://github.com/kubeflow/pipelines");
    }

    @Test
    void refusesACommitThatIsNoFullId() throws IOException {
        Path file = Files.writeString(
                folder.resolve("short.yaml"),
                "extends: \"26.03\"\nrelease: short\nsources:\n  pipelines:\n    commit: 67a73cf\n");

        assertThatThrownBy(() -> library.load(file.toString()))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.why())
                        .isEqualTo(file + ":5: commit must be a full id of 40 hex digits, not '67a73cf'"));
    }

    @Test
    void namesTheNearestReleaseSetForOneThatIsUnknown() {
        assertThatThrownBy(() -> library.load("kfp-2.71"))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.what())
                        .isEqualTo("There is no release set kfp-2.71. Did you mean kfp-2.17?"));
    }
}
