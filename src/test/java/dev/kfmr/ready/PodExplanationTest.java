package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.profile.YamlDocuments;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of pods and why they are said not to be ready. */
class PodExplanationTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    static Stream<Arguments> cases() throws IOException {
        return YamlDocuments.parse(
                        Files.readString(Path.of("src/test/resources/dev/kfmr/ready/pods.yaml")), "pods.yaml")
                .stream()
                .map(each -> Arguments.of(
                        each.get("case"), each.get("status"), each.get("reason"), each.get("says"), log(each)));
    }

    private static LastLog log(Map<String, Object> each) {
        return each.containsKey("log") ? LastLog.of(String.valueOf(each.get("log"))) : LastLog.UNKNOWN;
    }

    private static Pod pod(Map<String, Object> status) {
        return JSON.unmarshal(
                YamlDocuments.write(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of("name", "p", "namespace", "n", "uid", "u"),
                        "spec",
                        Map.of("containers", List.of(Map.of("name", "main", "image", "a:1"))),
                        "status",
                        status)),
                Pod.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void explains(String name, Map<String, Object> status, String reason, List<String> words, LastLog log) {
        PodExplanation explanation =
                PodExplanation.of(pod(status), List.of(), log, NOW).orElseThrow();

        assertThat(explanation.reason().id()).as(name).isEqualTo(reason);
        assertThat(explanation.text()).as(name).contains(words);
    }

    @Test
    void hasNothingToExplainOfAReadyPod() {
        Pod ready = pod(Map.of("phase", "Running", "conditions", List.of(Map.of("type", "Ready", "status", "True"))));

        assertThat(PodExplanation.of(ready, List.of(), LastLog.UNKNOWN, NOW)).isEmpty();
    }
}
