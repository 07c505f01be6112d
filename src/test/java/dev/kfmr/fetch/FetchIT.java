package dev.kfmr.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.it.Rig;
import dev.kfmr.profile.PinnedPath;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.Source;
import dev.kfmr.tools.Proxies;
import dev.kfmr.tools.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a mirror of upstream's real repositories. */
class FetchIT {
    private static final String PIPELINES = "67a73cf809f7c76fee33c749f302f2bceedd8fab";
    private static final String ARGO = "bded09fe4abd37cb98d7fc81b4c14a6f5034e9ab";
    private static final String REGISTRY = "cc86b769e257714626e299330f8756720ef90935";
    private static final String REGISTRY_TREE = "02d2b722a8ec6956f4abc0eb0e6f7733b3ab9dc3";
    private static final URI DEAD = URI.create("http://127.0.0.1:9");

    private Path cache = Path.of("");

    private String mirror = "";

    @BeforeEach
    void needsMirror(@TempDir Path folder) {
        cache = folder;
        mirror = Rig.variable("KFMR_GIT_MIRROR");
    }

    @Test
    void standaloneSourcesArriveInLessThanThreeSeconds() {
        long start = System.nanoTime();
        Map<String, Path> folders = fetch(URI.create(mirror), standalone());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(folderOf(folders, "pipelines")
                        .resolve("manifests/kustomize/env/platform-agnostic/kustomization.yaml"))
                .exists();
        assertThat(folderOf(folders, "model-registry").resolve("manifests/kustomize/base/kustomization.yaml"))
                .exists();
        assertThat(folderOf(folders, "argo").resolve("manifests/cluster-install/kustomization.yaml"))
                .exists();
    }

    @Test
    void findsTheReleaseThatFollowsAPinnedOne() {
        var updates = new PinUpdater(origins(URI.create(mirror)), Progress.silent())
                .look(new PinsLibrary().load("26.03"), deadline());

        assertThat(updates).singleElement().satisfies(update -> {
            assertThat(update.source().name()).isEqualTo("pipelines");
            assertThat(update.tag()).isEqualTo("2.17.0");
            assertThat(update.commit()).isEqualTo("4a3592cb2dd0a91a4652ab93893ec8beda1f3158");
            assertThat(update.changed()).containsExactly("manifests/kustomize");
            assertThat(update.vanished()).isEmpty();
        });
    }

    @Test
    void standaloneSourcesAreLessThanTwoMegabytes() throws Exception {
        long bytes = 0;
        for (Source source : standalone()) {
            GitRemote remote = new GitRemote(
                    origins(URI.create(mirror)).address(source.urls().get(0)),
                    new Proxies(Map.of()),
                    Trust.ofSystem(),
                    deadline());
            new SnapshotReader(remote, source).read();
            bytes += remote.received();
        }
        assertThat(bytes).isBetween(100_000L, 2_000_000L);
    }

    @Test
    void cachedSourcesNeedNoServer() {
        Map<String, Path> first = fetch(URI.create(mirror), standalone());
        assertThat(fetch(DEAD, standalone())).isEqualTo(first);
    }

    @Test
    void fetchesSpoiledSourceAgain() throws IOException {
        List<Source> sources = List.of(registry("kubeflow/model-registry"));
        Path file = folderOf(fetch(URI.create(mirror), sources), "model-registry")
                .resolve("manifests/kustomize/base/kustomization.yaml");
        String content = Files.readString(file);
        Files.writeString(file, content.replace('a', 'b'));
        fetch(URI.create(mirror), sources);
        assertThat(file).hasContent(content);
    }

    @Test
    void pinnedTreeGivesTheSameFilesAsTheCommit() {
        Source byTree = source(
                "by-tree",
                REGISTRY,
                "v0.3.8",
                List.of("manifests/kustomize"),
                "kubeflow/model-registry",
                REGISTRY_TREE);
        Source byCommit =
                source("by-commit", REGISTRY, "v0.3.8", List.of("manifests/kustomize"), "kubeflow/model-registry", "");
        Map<String, Path> folders = fetch(URI.create(mirror), List.of(byTree, byCommit));
        assertThat(folderOf(folders, "by-tree").resolve(".kfmr-files"))
                .hasSameTextualContentAs(folderOf(folders, "by-commit").resolve(".kfmr-files"));
    }

    @Test
    void triesTheFormerNameWhenTheNewOneIsUnknown() {
        Source renamed = new Source(
                "model-registry",
                List.of(
                        URI.create("https://github.com/kubeflow/hub"),
                        URI.create("https://github.com/kubeflow/model-registry")),
                "v0.3.8",
                REGISTRY,
                List.of("manifests/kustomize"),
                Map.of(),
                "test.yaml:1");
        assertThat(fetch(URI.create(mirror), List.of(renamed))).containsKey("model-registry");
    }

    @Test
    void tellsPinAndAddressOfCommitThatIsGone() {
        Source wrong =
                source("pipelines", "1".repeat(40), "2.16.1", List.of("manifests/kustomize"), "kubeflow/pipelines", "");
        assertThatThrownBy(() -> fetch(URI.create(mirror), List.of(wrong)))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("source.commit-missing");
                    assertThat(e.why()).contains("test.yaml:1", "/kubeflow/pipelines.git");
                });
    }

    @Test
    void tellsFolderThatTheCommitDoesNotHave() {
        Source wrong = source("pipelines", PIPELINES, "2.16.1", List.of("manifests/gone"), "kubeflow/pipelines", "");
        assertThatThrownBy(() -> fetch(URI.create(mirror), List.of(wrong)))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("source.path-missing"));
    }

    @Test
    void tellsServerThatDoesNotAnswer() {
        assertThatThrownBy(() -> fetch(DEAD, List.of(registry("kubeflow/model-registry"))))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("source.unreachable");
                    assertThat(e.why()).contains("127.0.0.1:9");
                });
    }

    @Test
    void goesOnAfterConnectionsThatBreak() throws IOException {
        try (BreakingRelay relay = new BreakingRelay(URI.create(mirror), 2)) {
            Map<String, Path> folders = fetch(relay.address(), List.of(registry("kubeflow/model-registry")));

            assertThat(folderOf(folders, "model-registry").resolve("manifests/kustomize/base/kustomization.yaml"))
                    .exists();
            assertThat(relay.connections()).isGreaterThan(2);
        }
    }

    @Test
    void givesUpOnAConnectionThatAlwaysBreaks() throws IOException {
        try (BreakingRelay relay = new BreakingRelay(URI.create(mirror), Integer.MAX_VALUE)) {
            assertThatThrownBy(() -> fetch(relay.address(), List.of(registry("kubeflow/model-registry"))))
                    .isInstanceOfSatisfying(KfmrException.class, e -> {
                        assertThat(e.code()).isEqualTo("source.unreachable");
                        assertThat(e.why()).contains("test.yaml:1");
                    });
        }
    }

    @Test
    void verifierTellsOfATagThatWasMoved() {
        Source moved =
                source("pipelines", PIPELINES, "2.17.0", List.of("manifests/kustomize"), "kubeflow/pipelines", "");

        assertThat(verify(pins(moved, Map.of())))
                .filteredOn(finding -> !finding.ok())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.pinnedAt()).isEqualTo("test.yaml:1");
                    assertThat(finding.text())
                            .startsWith("tag 2.17.0 leads to 4a3592cb2d")
                            .endsWith("pinned is " + PIPELINES);
                });
    }

    @Test
    void verifierFindsTagTreeAndKustomization() {
        Source source = source(
                "model-registry",
                REGISTRY,
                "v0.3.8",
                List.of("manifests/kustomize"),
                "kubeflow/model-registry",
                REGISTRY_TREE);
        Map<String, PinnedPath> paths = Map.of(
                "good", new PinnedPath("model-registry", "manifests/kustomize/base", "test.yaml:2"),
                "bad", new PinnedPath("model-registry", "manifests/kustomize/gone", "test.yaml:3"));
        List<PinFinding> findings = verify(pins(source, paths));
        assertThat(findings)
                .filteredOn(finding -> !finding.ok())
                .extracting(PinFinding::pinnedAt)
                .containsExactly("test.yaml:3");
        assertThat(findings).hasSizeGreaterThanOrEqualTo(4);
    }

    private static Pins pins(Source source, Map<String, PinnedPath> paths) {
        return new Pins(
                "test",
                "",
                Map.of(source.name(), source),
                paths,
                List.of(),
                "",
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of());
    }

    private List<PinFinding> verify(Pins pins) {
        return new PinVerifier(origins(URI.create(mirror)), Progress.silent()).verify(pins, deadline());
    }

    private static Path folderOf(Map<String, Path> folders, String source) {
        return Objects.requireNonNull(folders.get(source), source);
    }

    private static List<Source> standalone() {
        List<String> argoFolders = List.of(
                "manifests/base",
                "manifests/cluster-install",
                "manifests/cluster-install-no-crds",
                "manifests/namespace-install");
        return List.of(
                source("pipelines", PIPELINES, "2.16.1", List.of("manifests/kustomize"), "kubeflow/pipelines", ""),
                source("argo", ARGO, "v3.7.3", argoFolders, "argoproj/argo-workflows", ""),
                registry("kubeflow/model-registry"));
    }

    private static Source registry(String repository) {
        return source("model-registry", REGISTRY, "v0.3.8", List.of("manifests/kustomize"), repository, "");
    }

    private static Source source(
            String name, String commit, String tag, List<String> folders, String repository, String tree) {
        Map<String, String> trees = tree.isEmpty() ? Map.of() : Map.of(folders.get(0), tree);
        List<URI> urls = List.of(URI.create("https://github.com/" + repository));
        return new Source(name, urls, tag, commit, folders, trees, "test.yaml:1");
    }

    private Map<String, Path> fetch(URI from, List<Source> sources) {
        return new SourceFetcher(cache, origins(from), Progress.silent()).fetch(sources, deadline());
    }

    private static Origins origins(URI mirror) {
        return new Origins(Optional.of(mirror), Map.of(), Optional.empty());
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
