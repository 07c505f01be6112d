package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.ready.PodExplanation.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of pods and why they are said not to be ready. */
class PodExplanationTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    /**
     * @param image of its container
     * @param status the pod's
     * @param reason id of what it is explained by
     * @param says words of the explanation
     */
    record Case(
            String name,
            String image,
            Map<String, Object> metadata,
            Map<String, Object> status,
            List<Map<String, Object>> events,
            LastLog log,
            String reason,
            List<String> says) {
        @SuppressWarnings("unchecked")
        static Case of(Map<String, Object> each) {
            return new Case(
                    String.valueOf(each.get("case")),
                    String.valueOf(each.getOrDefault("image", "a:1")),
                    (Map<String, Object>) each.getOrDefault("metadata", Map.of()),
                    (Map<String, Object>) each.getOrDefault("status", Map.of()),
                    (List<Map<String, Object>>) each.getOrDefault("events", List.of()),
                    each.containsKey("log") ? LastLog.of(String.valueOf(each.get("log"))) : LastLog.UNKNOWN,
                    String.valueOf(each.get("reason")),
                    (List<String>) each.getOrDefault("says", List.of()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        return YamlDocuments.parse(
                        Files.readString(Path.of("src/test/resources/dev/kfmr/ready/pods.yaml")), "pods.yaml")
                .stream()
                .map(Case::of);
    }

    private static Pod pod(String image, Map<String, Object> metadata, Map<String, Object> status) {
        Map<String, Object> named = new HashMap<>(Map.of("name", "p", "namespace", "n", "uid", "u"));
        named.putAll(metadata);
        return JSON.unmarshal(
                YamlDocuments.write(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        named,
                        "spec",
                        Map.of("containers", List.of(Map.of("name", "main", "image", image))),
                        "status",
                        status)),
                Pod.class);
    }

    private static Event event(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("apiVersion", "v1");
        all.put("kind", "Event");
        all.put("involvedObject", Map.of("uid", "u"));
        return JSON.unmarshal(YamlDocuments.write(all), Event.class);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void explains(Case each) {
        PodExplanation explanation = PodExplanation.of(
                        pod(each.image(), each.metadata(), each.status()),
                        each.events().stream().map(PodExplanationTest::event).toList(),
                        each.log(),
                        NOW)
                .orElseThrow();

        assertThat(explanation.reason().id()).isEqualTo(each.reason());
        assertThat(explanation.text()).contains(each.says());
    }

    @ParameterizedTest
    @CsvSource({"main, container main is being made", "container, container is being made"})
    void namesTheContainerOnce(String name, String text) {
        Pod pod = pod(
                "a:1",
                Map.of(),
                YamlDocuments.parse(
                                "{phase: Pending, containerStatuses: [{name: " + name
                                        + ", state: {waiting: {reason: ContainerCreating}}}]}",
                                "status")
                        .get(0));

        assertThat(PodExplanation.of(pod, List.of(), LastLog.UNKNOWN, NOW))
                .hasValueSatisfying(
                        explanation -> assertThat(explanation.text()).isEqualTo(text));
    }

    @Test
    void everyReasonHasACase() throws IOException {
        // Of these there is no pod: what should have made it explains them.
        Set<Reason> withoutPod = EnumSet.of(Reason.REFUSED, Reason.NOT_CREATED, Reason.SCALED_DOWN);

        assertThat(cases().map(Case::reason).distinct())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(withoutPod)).stream()
                        .map(Reason::id)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{phase: Succeeded}", "{phase: Running, conditions: [{type: Ready, status: \"True\"}]}"})
    void hasNothingToExplainOfAPodThatIsReadyOrDone(String status) {
        Pod pod = pod("a:1", Map.of(), YamlDocuments.parse(status, "status").get(0));

        assertThat(PodExplanation.of(pod, List.of(), LastLog.UNKNOWN, NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"11:59:57, true", "11:59:54, false", "12:00:07, false"})
    void doesNotTrustAContainerThatCrashedAndIsUpForAMoment(String started, boolean isExplained) {
        Pod pod = pod(
                "a:1",
                Map.of(),
                YamlDocuments.parse(
                                "{phase: Running, conditions: [{type: Ready, status: \"True\"}], containerStatuses: "
                                        + "[{name: main, ready: true, restartCount: 1, state: {running: {startedAt: 2026-11-28T"
                                        + started + "Z}}, lastState: {terminated: {exitCode: 1}}}]}",
                                "status")
                        .get(0));

        assertThat(PodExplanation.of(pod, List.of(), LastLog.UNKNOWN, NOW).map(PodExplanation::reason))
                .isEqualTo(isExplained ? Optional.of(Reason.CRASHED) : Optional.empty());
    }
}
