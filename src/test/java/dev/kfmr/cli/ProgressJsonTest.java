package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.ComponentState;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.forward.ForwardState;
import dev.kfmr.forward.ForwardStatus;
import dev.kfmr.install.UpResult;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.state.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Programs rely on these names: a change here is a change of what kfmr promises. */
class ProgressJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Screen screen = new Screen(
            new PrintStream(output, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            Map.of());

    @Test
    void writesEachEventAsOneLine() throws IOException {
        tellEverything();

        assertThat(lines())
                .containsExactlyElementsOf(
                        parsed(
                                """
                                {"time":"2026-11-28T07:00:00Z","event":"stage-started","stage":"fetch"}
                                {"time":"2026-11-28T07:00:00Z","event":"step","stage":"fetch","text":"fetched pipelines"}
                                {"time":"2026-11-28T07:00:00Z","event":"downloading","what":"kind","bytes":5}
                                {"time":"2026-11-28T07:00:00Z","event":"downloading","what":"kind","bytes":5,"totalBytes":9}
                                {"time":"2026-11-28T07:00:00Z","event":"components","components":[{"name":"pipelines","ready":1,"total":2,"waitingFor":["mysql: image being pulled"]}]}
                                {"time":"2026-11-28T07:00:00Z","event":"warning","text":"little memory"}
                                {"time":"2026-11-28T07:00:00Z","event":"healed","text":"store 1.13.0"}
                                {"time":"2026-11-28T07:00:00Z","event":"stage-finished","stage":"fetch","millis":1500}
                                """));
    }

    @Test
    void endsWithASummaryOfTheseFields() throws IOException {
        new SummaryPrinter(screen).print(result(), true);

        JsonNode summary = lines().get(0);
        assertThat(names(summary))
                .containsExactly(
                        "event",
                        "name",
                        "context",
                        "profile",
                        "release",
                        "changedObjects",
                        "requestsLowered",
                        "images",
                        "leftOut",
                        "forwards",
                        "credentials",
                        "millis");
        assertThat(names(summary.at("/forwards/0"))).containsExactlyInAnyOrder("name", "title", "url");
        assertThat(names(summary.at("/credentials/0"))).containsExactlyInAnyOrder("title", "user", "password");
        assertThat(summary.at("/millis/apply").asInt()).isEqualTo(2000);
    }

    @Test
    void writesAForwardsStateWithItsMoment() throws IOException {
        ForwardStatus status = new ForwardStatus(
                "pipelines",
                "Pipelines",
                ForwardState.READY,
                "",
                "http://localhost:8080/",
                "127.0.0.1",
                8080,
                8080,
                "",
                "kubeflow",
                "ml-pipeline-ui",
                80,
                "ml-pipeline-ui-1",
                0,
                Instant.parse("2026-11-28T07:00:00Z"));

        JsonNode json = MAPPER.readTree(JsonText.of(status));

        assertThat(json.get("since").asText()).isEqualTo("2026-11-28T07:00:00Z");
        assertThat(json.get("state").asText()).isEqualTo("ready");
        for (String field : names(json)) {
            assertThat(document()).contains("`" + field + "`");
        }
    }

    @Test
    void documentsEveryEventAndField() throws IOException {
        tellEverything();
        new SummaryPrinter(screen).print(result(), true);
        new ErrorPrinter(screen, NamedCommands.of("kfmr"))
                .print(new KfmrException(ExitCode.UPSTREAM, "a.b", "what", "why", "remedy"), true, false);

        String document = document();
        for (JsonNode line : lines()) {
            assertThat(document).contains("`" + line.get("event").asText() + "`");
            names(line).forEach(field -> assertThat(document).contains("`" + field + "`"));
        }
        for (Stage stage : Stage.values()) {
            assertThat(document).contains("`" + stage.name().toLowerCase(java.util.Locale.ROOT) + "`");
        }
    }

    private void tellEverything() {
        Progress progress =
                new ProgressJson(screen.output(), Clock.fixed(Instant.parse("2026-11-28T07:00:00Z"), ZoneOffset.UTC));
        progress.started(Stage.FETCH);
        progress.step(Stage.FETCH, "fetched pipelines");
        progress.downloading("kind", 5, OptionalLong.empty());
        progress.downloading("kind", 5, OptionalLong.of(9));
        progress.components(List.of(new ComponentState("pipelines", 1, 2, List.of("mysql: image being pulled"))));
        progress.warning("little memory");
        progress.healed("store 1.13.0");
        progress.finished(Stage.FETCH, Duration.ofMillis(1500));
    }

    private static UpResult result() {
        return new UpResult(
                Environment.plain("kfmr", "standalone", "26.03"),
                Planner.plan(
                        new ProfileLibrary().load("standalone"), new PinsLibrary().load("26.03"), PlanOptions.none()),
                Optional.empty(),
                true,
                3,
                Map.of(Stage.APPLY, Duration.ofSeconds(2)),
                Duration.ofSeconds(3));
    }

    private List<JsonNode> lines() throws IOException {
        return parsed(output.toString(StandardCharsets.UTF_8));
    }

    private static List<JsonNode> parsed(String lines) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            all.add(MAPPER.readTree(line));
        }
        return all;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/output.md"));
    }
}
