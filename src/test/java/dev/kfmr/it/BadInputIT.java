package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users do by mistake, and what the world does to them: a clear error, the right exit code, nothing created. */
class BadInputIT {
    @TempDir
    private Path home;

    private Kfmr kfmr;

    @BeforeAll
    static void need() {
        Rig.require();
    }

    @BeforeEach
    void start() {
        kfmr = new Kfmr("kfmr-test-bad", home);
    }

    @Test
    void namesTheNearestModeForOneThatIsUnknown() {
        var answer = kfmr.run("up", "--mode", "standalon").failedWith(2);

        assertThat(answer.error())
                .contains("standalon", "Did you mean standalone?")
                .doesNotContain("\tat ");
    }

    @Test
    void namesTheNearestReleaseForOneThatIsUnknown() {
        assertThat(kfmr.run("up", "--pins", "kfp-2.71").failedWith(2).error()).contains("kfp-2.17");
    }

    @Test
    void namesTheNearestComponentForOneThatIsUnknown() {
        assertThat(kfmr.run("up", "--without", "catalogue").failedWith(2).error())
                .contains("catalog");
    }

    @Test
    void listsEveryErrorOfAProfileWithItsLine() throws IOException {
        Path profile = Files.writeString(
                home.resolve("mine.yaml"),
                """
                extends: standalone
                componets: {}
                forwards:
                  pipelines:
                    localPort: eighty
                """);

        var answer = kfmr.run("up", "--profile", profile.toString()).failedWith(2);

        assertThat(answer.error()).contains("mine.yaml:2", "components", "mine.yaml:5", "localPort");
    }

    @Test
    void saysThatTheEngineDoesNotAnswer() {
        var answer = kfmr.with("DOCKER_HOST", "tcp://127.0.0.1:1")
                .run("up", "--mode", "standalone")
                .failedWith(3);

        assertThat(answer.error()).contains("engine").doesNotContain("\tat ");
        assertThat(kfmr.stateFolder().resolve("environment.yaml")).doesNotExist();
    }

    @Test
    void saysThatTheGitServerDoesNotAnswer() {
        var answer = kfmr.with("KFMR_GIT_MIRROR", "http://127.0.0.1:1")
                .with("XDG_CACHE_HOME", home.resolve("empty-cache").toString())
                .run("render", "--mode", "standalone")
                .failedWith(4);

        assertThat(answer.error()).contains("127.0.0.1:1");
    }

    @Test
    void namesThePinOfACommitThatIsNotThere() throws IOException {
        Path pins = Files.writeString(
                home.resolve("wrong.yaml"),
                """
                extends: "26.03"
                release: wrong
                sources:
                  pipelines:
                    url: https://github.com/kubeflow/pipelines
                    tag: 2.16.1
                    commit: 1111111111111111111111111111111111111111
                    folders: [manifests/kustomize]
                """);

        var answer = kfmr.run("render", "--mode", "standalone", "--pins", pins.toString())
                .failedWith(4);

        assertThat(answer.error()).contains("1111111111", "wrong.yaml:");
    }

    @Test
    void takesKindFromWhereTheUsersPinsSay() throws IOException {
        Path pins = Files.writeString(
                home.resolve("tools.yaml"),
                """
                extends: "26.03"
                release: tools
                tools:
                  kind:
                    version: 99.0.0
                    oldest: 99.0.0
                    downloads:
                      linux-amd64: {url: "http://127.0.0.1:1/kind"}
                      linux-arm64: {url: "http://127.0.0.1:1/kind"}
                      darwin-amd64: {url: "http://127.0.0.1:1/kind"}
                      darwin-arm64: {url: "http://127.0.0.1:1/kind"}
                """);

        assertThat(kfmr.run("up", "--mode", "standalone", "--pins", pins.toString())
                        .failedWith(4)
                        .error())
                .contains("Cannot download http://127.0.0.1:1/kind.");
    }

    @Test
    void fetchesAgainWhatIsCorruptedInTheCache() throws IOException {
        kfmr.with("XDG_CACHE_HOME", home.resolve("cache").toString());
        String before = kfmr.run("render", "--mode", "standalone").succeeded().output();
        try (var files = Files.walk(home.resolve("cache/kfmr"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().endsWith(".yaml"))
                    .toList()) {
                Files.writeString(file, "spoiled");
            }
        }

        assertThat(kfmr.run("render", "--mode", "standalone").succeeded().output())
                .isEqualTo(before);
    }

    @Test
    void endsWithFiveAndNamesAnImageThatDoesNotExist() {
        Rig.stage("-missing", "ghcr.io/kubeflow/kfp-metadata-envoy:2.16.1");
        try {
            var answer =
                    kfmr.run("up", "--mode", "standalone", "--timeout", "75s").failedWith(5);

            assertThat(answer.error())
                    .contains("metadata-envoy-deployment", "kfp-metadata-envoy:2.16.1", "no registry has it");
        } finally {
            kfmr.cleanUp();
            Rig.stage();
        }
    }

    @Test
    void refusesMemoryThatIsNotThereWithTheSum() throws IOException {
        var answer = kfmr.run("up", "--profile", GreedyProfile.asking("memory: 900Gi", home), "-o", "json")
                .failedWith(3);

        // Half of what is asked for is the least, whatever --requests says.
        assertRefused(answer, "engine.memory", " MiB", 900 * 1024 / 2);
    }

    /** Upstream's requests, as they are, on a machine that has room for them once they are lowered. */
    @Test
    void refusesCpuThatIsNotThereWithTheSumWhenRequestsMustStay() throws IOException {
        int cpus = Runtime.getRuntime().availableProcessors();

        var answer = kfmr.run(
                        "up",
                        "--requests",
                        "upstream",
                        "--profile",
                        GreedyProfile.asking("cpu: " + cpus, home),
                        "-o",
                        "json")
                .failedWith(3);

        assertRefused(answer, "engine.cpu-requests", "m", cpus * 1000);
        assertThat(answer.result().get("remedy").asText()).contains("--requests auto");
    }

    /** Before anything is created, with a sum that adds up. @param asked what the profile asks for more than upstream */
    private void assertRefused(Kfmr.Answer answer, String code, String unit, int asked) {
        JsonNode error = answer.result();
        assertThat(error.get("code").asText()).isEqualTo(code);
        Matcher sum = Pattern.compile(
                        "\\((\\d+)" + unit + " for [^+]* \\+ (\\d+)" + unit + " for Kubernetes = (\\d+)" + unit)
                .matcher(error.get("why").asText());
        assertThat(sum.find()).as(error.toString()).isTrue();
        int pods = Integer.parseInt(sum.group(1));
        assertThat(pods).isGreaterThan(asked);
        assertThat(Integer.parseInt(sum.group(3))).isEqualTo(pods + Integer.parseInt(sum.group(2)));
        assertThat(kfmr.stateFolder()).doesNotExist();
        assertThat(Rig.run(Duration.ofSeconds(20), "kind", "get", "clusters").orElseThrow())
                .doesNotContain(kfmr.name());
    }

    /** In a mount namespace of its own, on a file system that holds 400 KiB, which is later made larger. */
    @Test
    void saysThatTheDiskIsFullAndGoesOnOnceThereIsRoom() throws IOException {
        Path cache = Files.createDirectories(home.resolve("cache"));
        if (Rig.run(Duration.ofSeconds(10), "unshare", "--map-root-user", "--mount", "true")
                .isEmpty()) {
            Rig.missing("This user may make no mount namespace");
        }
        String script = "mount -t tmpfs -o size=400k tmpfs " + cache
                + "; ./kfmr up --mode standalone; echo \"exit code $?\"; mount -o remount,size=80m " + cache
                + "; ./kfmr render >/dev/null; echo \"exit code $?\"";

        var answer = kfmr.with("XDG_CACHE_HOME", cache.toString())
                .with("KFMR_NO_ARCHIVE", "1")
                .runAround("unshare", "--map-root-user", "--mount", "sh", "-c", script);

        assertThat(answer.output()).isEqualTo("exit code 3\nexit code 0\n");
        assertThat(answer.error())
                .contains("[disk.unwritable]", "No space left on device", "Make room on its disk")
                .doesNotContain("\tat ");
        assertThat(Rig.run(Duration.ofSeconds(10), "kind", "get", "clusters").orElseThrow())
                .doesNotContain(kfmr.name());
    }
}
