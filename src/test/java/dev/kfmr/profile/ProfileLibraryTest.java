package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileLibraryTest {
    private final ProfileLibrary library = new ProfileLibrary();

    @TempDir
    private Path folder;

    private String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsEveryShippedProfile() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("profiles"))) {
            assertThat(files.map(f -> f.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(library.names());
        }
        library.names().forEach(name -> assertThat(library.load(name).name()).isEqualTo(name));
    }

    @Test
    void extendsAShippedProfile() {
        Profile mine = library.load(
                file(
                        "mine.yaml",
                        """
                extends: standalone
                name: mine
                drop:
                  components: [catalog]
                  forwards: [object-store]
                forwards:
                  pipelines:
                    localPort: 9090
                """));

        assertThat(mine.component("catalog")).isEmpty();
        assertThat(mine.component("pipelines")).isPresent();
        assertThat(mine.forwards())
                .extracting(ForwardSpec::name)
                .contains("pipelines")
                .doesNotContain("object-store");
        assertThat(mine.forwards().get(0).localPort()).isEqualTo(9090);
        assertThat(mine.forwards().get(0).service()).isEqualTo("ml-pipeline-ui");
    }

    @Test
    void tellsEveryErrorAtOnceWithItsLine() {
        String path = file(
                "wrong.yaml",
                """
                extends: standalone
                componets: {}
                components:
                  pipelines:
                    after: [pipelines-crd]
                  extra:
                    title: Extra
                    optional: maybe
                    gates:
                      - {kind: secrets, name: x}
                forwards:
                  pipelines:
                    localPort: eighty
                  other:
                    title: Other
                    component: nope
                    service: s
                    namespace: n
                    port: 80
                    localPort: 99999
                """);

        assertThatThrownBy(() -> library.load(path)).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("profile.invalid");
            assertThat(e.why().replace(folder + "/", ""))
                    .isEqualTo(
                            """
                            wrong.yaml:2: there is no key componets in a profile. Did you mean components?
                            wrong.yaml:5: there is no component pipelines-crd. Did you mean pipelines-crds?
                            wrong.yaml:7: the key path is missing
                            wrong.yaml:8: optional must be true or false, not 'maybe'
                            wrong.yaml:10: kind cannot be 'secrets': it is one of workload, webhook, secret, namespace. Did you mean secret?
                            wrong.yaml:13: localPort must be a whole number, not 'eighty'
                            wrong.yaml:16: there is no component nope.
                            wrong.yaml:20: localPort must be a port, 1 to 65535, not 99999""");
        });
    }

    @Test
    void refusesComponentsThatWaitForEachOther() {
        String path = file(
                "circle.yaml",
                """
                name: circle
                title: Circle
                components:
                  a: {title: A, path: a, after: [b]}
                  b: {title: B, path: b, after: [a]}
                """);

        assertThatThrownBy(() -> library.load(path))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.why()).contains("a comes after itself"));
    }

    @Test
    void namesTheNearestModeForOneThatIsUnknown() {
        assertThatThrownBy(() -> library.load("standalon")).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("profile.unknown");
            assertThat(e.what()).isEqualTo("There is no mode standalon. Did you mean standalone?");
        });
    }

    @Test
    void namesTheFileThatExtendsAnUnknownMode() {
        String path = file("child.yaml", "extends: standalon\nname: child\n");

        assertThatThrownBy(() -> library.load(path)).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.what()).startsWith("There is no mode standalon.");
            assertThat(e.why()).startsWith(path + " extends it.");
        });
    }

    @Test
    void saysWhereAMissingFileWasLookedFor() {
        assertThatThrownBy(() -> library.load("./no-such.yaml"))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("profile.missing"));
    }

    @Test
    void namesWhatCannotBeDroppedBesideTheOtherErrors() {
        String path = file(
                "drop.yaml",
                """
                extends: standalone
                name: mine
                credentials: maybe
                drop:
                  components: [catalogue]
                  forward: [registry]
                  patches: registry-ui-probe
                """);

        assertThatThrownBy(() -> library.load(path))
                .isInstanceOfSatisfying(
                        KfmrException.class,
                        e -> assertThat(e.why().replace(folder + "/", ""))
                                .isEqualTo(
                                        """
                                drop.yaml:3: credentials must be a list
                                drop.yaml:5: there is no catalogue in components to drop. Did you mean catalog?
                                drop.yaml:6: there is no map forward to drop registry from. Did you mean forwards?
                                drop.yaml:7: what is dropped from patches must be a list of texts"""));
    }

    @Test
    void refusesADropThatIsNoMap() {
        String path = file("list.yaml", "extends: standalone\nname: mine\ndrop: [catalog]\n");

        assertThatThrownBy(() -> library.load(path))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.why())
                        .isEqualTo(path + ":3: drop must be a map of lists, such as {components: [catalog]}"));
    }

    @Test
    void refusesADropWhereNothingIsExtended() {
        String path = file("alone.yaml", "name: mine\ntitle: Mine\ndrop: {components: [catalog]}\n");

        assertThatThrownBy(() -> library.load(path)).isInstanceOfSatisfying(KfmrException.class, e -> assertThat(
                        e.why())
                .isEqualTo(path + ":3: drop takes something out of an extended file, and this one extends none"));
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        String path = file(
                "twice.yaml",
                """
                extends: standalone
                name: mine
                forwards:
                  pipelines: {localPort: 9090}
                forwards:
                  registry: {localPort: 9091}
                """);

        assertThatThrownBy(() -> library.load(path))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.why())
                        .isEqualTo(path + ":5: the key forwards stands here a second time"));
    }
}
