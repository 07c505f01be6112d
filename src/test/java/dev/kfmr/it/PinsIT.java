package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every shipped release set, held against the repositories and the registry that the rig mirrors. */
class PinsIT {
    /** Images that only runs of pipelines and issuers of certificates pull; the rig's registry has no stand-ins for them. */
    private static final String ONLY_AT_RUN_TIME = ".*/(kfp-driver|kfp-launcher|argoexec|cert-manager-acmesolver):.*";

    @TempDir
    private static Path home;

    private static Kfmr kfmr;

    @BeforeAll
    static void need() {
        Rig.require();
        kfmr = new Kfmr("kfmr-test-pins", home);
    }

    @Test
    void everyShippedReleaseSetIsAsPinned() {
        var answer = kfmr.run("pins", "verify", "--no-images").succeeded();

        assertThat(answer.output())
                .contains("26.03", "kfp-2.17", "blog-2025-07", "tag 2.16.1 leads to the commit")
                .contains("manifests v1.7.0, which the post names, has no Model Registry at all; v1.9.1 is the first")
                .doesNotContain("✗");
    }

    @Test
    void everyImageOfEveryModeIsAskedFor() {
        JsonNode result = kfmr.run("pins", "verify", "src/test/resources/pins/26.03-stub.yaml", "-o", "json")
                .failedWith(4)
                .result();

        List<JsonNode> images = StreamSupport.stream(result.get("findings").spliterator(), false)
                .filter(finding -> finding.get("source").asText().equals("images"))
                .toList();
        assertThat(images)
                .extracting(finding -> finding.get("text").asText())
                .contains(
                        "ghcr.io/kubeflow/kfp-api-server:2.16.1 is there",
                        "ghcr.io/kubeflow/model-registry/ui:v0.3.8 is there",
                        "mysql:8.4 is there",
                        "ghcr.io/dexidp/dex:v2.45.0 is there",
                        "gcr.io/istio-release/pilot:1.28.0 is there");
        assertThat(images)
                .filteredOn(finding -> !finding.get("ok").asBoolean())
                .allSatisfy(finding -> {
                    assertThat(finding.get("text").asText())
                            .matches(ONLY_AT_RUN_TIME)
                            .contains("not found at");
                    assertThat(finding.get("pinnedAt").asText()).matches(".*26.03.yaml:\\d+");
                })
                .hasSizeGreaterThan(3);
    }

    @Test
    void anImageThatIsGoneIsNamed() {
        assertThat(kfmr.run("pins", "verify", "kfp-2.17").failedWith(4).output())
                .contains("✓ images: mysql:8.4 is there")
                .containsPattern("✗ images: quay.io/argoproj/argoexec:v4.0.5: not found at .*kfp-2\\.17\\.yaml:\\d+");
    }
}
