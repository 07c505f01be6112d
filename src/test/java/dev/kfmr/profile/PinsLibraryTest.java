package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
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

    /** Shown and written so: in a map without order it is another one in each JVM. */
    @Test
    void keepsTheOrderOfTheFile() {
        Pins pins = library.load("26.03");

        assertThat(pins.sources().keySet())
                .containsExactly("pipelines", "model-registry", "argo-workflows", "manifests");
        assertThat(pins.paths().keySet())
                .startsWith("pipelines-crds", "pipelines", "model-registry", "model-registry-ui-standalone");
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
    void tellsEveryErrorAtOnceWithItsLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("wrong.yaml"),
                """
                extends: "26.03"
                release: wrong
                sources:
                  pipelines:
                    url: https://git example/pipelines
                    trees: {manifests/kustomize: abc}
                  mine:
                    url: https://git.example.com/mine
                    commit: 1111111111111111111111111111111111111111
                paths:
                  pipelines: {source: pipeline, path: manifests}
                tools:
                  kind: {version: newest}
                fallbacks:
                  metadata-store: {images: []}
                nodeimage: kindest/node:v1.34.0
                """);

        assertThatThrownBy(() -> library.load(file.toString())).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("pins.invalid");
            assertThat(e.why().replace(folder + "/", ""))
                    .isEqualTo(
                            """
                            wrong.yaml:5: 'https://git example/pipelines' is no URL: Illegal character in authority
                            wrong.yaml:6: the tree of manifests/kustomize must be a full id of 40 hex digits, not 'abc'
                            wrong.yaml:8: the key tag is missing
                            wrong.yaml:8: the source mine names no folders to fetch
                            wrong.yaml:11: there is no source pipeline. Did you mean pipelines?
                            wrong.yaml:13: version must be three numbers, such as 0.32.0, not 'newest'
                            wrong.yaml:15: the fallback metadata-store names no images
                            wrong.yaml:16: there is no key nodeimage in a release set. Did you mean nodeImage?""");
        });
    }

    @Test
    void takesAChecksumAndRefusesOneThatIsNone() throws IOException {
        String literal = "0123456789abcdef".repeat(4);

        ToolPin kind = java.util.Objects.requireNonNull(
                library.load(withChecksum(literal)).tools().get("kind"));

        assertThat(java.util.Objects.requireNonNull(kind.downloads().get("linux-amd64"))
                        .sha256())
                .isEqualTo(literal);
        assertThatThrownBy(() -> library.load(withChecksum("0123")))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.why())
                        .endsWith(":6: sha256 must be 64 hex digits, not '0123'"));
    }

    @Test
    void refusesADownloadThatNobodyCouldVerify() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bare.yaml"),
                """
                extends: "26.03"
                release: bare
                tools:
                  kind:
                    downloads:
                      linux-riscv64: {url: "https://example.invalid/kind"}
                """);

        assertThatThrownBy(() -> library.load(file.toString()))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.why()).endsWith(":6: the key sha256 is missing"));
    }

    @Test
    void aShippedToolIsOfItsReleaseOnEveryPlatformAndNoTwoFilesAreTheSame() {
        for (String name : library.names()) {
            Set<String> hashes = new HashSet<>();
            library.load(name).tools().forEach((tool, pin) -> {
                assertThat(pin.downloads())
                        .containsOnlyKeys("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64");
                pin.downloads().forEach((platform, download) -> {
                    assertThat(download.url().replace('_', '-')).contains("v" + pin.version() + "/", platform);
                    assertThat(hashes.add(download.sha256())).isTrue();
                });
            });
            assertThat(hashes).hasSize(8);
        }
    }

    private String withChecksum(String sha256) throws IOException {
        return Files.writeString(
                        folder.resolve("literal.yaml"),
                        """
                        extends: "26.03"
                        release: literal
                        tools:
                          kind:
                            downloads:
                              linux-amd64: {sha256: "%s"}
                        """
                                .formatted(sha256))
                .toString();
    }

    @Test
    void namesTheNearestReleaseSetForOneThatIsUnknown() {
        assertThatThrownBy(() -> library.load("kfp-2.71"))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.what())
                        .isEqualTo("There is no release set kfp-2.71. Did you mean kfp-2.17?"));
    }
}
