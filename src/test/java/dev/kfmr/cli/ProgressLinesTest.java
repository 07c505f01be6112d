package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Progress.ComponentState;
import dev.kfmr.core.Progress.Stage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final ProgressLines progress = new ProgressLines(
            new Screen(new PrintStream(error), new PrintStream(error, true, StandardCharsets.UTF_8), Map.of()));

    @Test
    void printsALineForEachEvent() {
        progress.started(Stage.FETCH);
        progress.step(Stage.FETCH, "fetched pipelines");
        progress.finished(Stage.FETCH, Duration.ofMillis(1500));
        progress.healed("store 1.13.0 -> 1.12.0");

        assertThat(text())
                .isEqualTo(
                        """
                        ==> fetch sources
                            fetched pipelines
                            fetch sources: done in 1.5 s
                        healed: store 1.13.0 -> 1.12.0
                        """);
    }

    @Test
    void repeatsAComponentOnlyWhenItChanged() {
        List<ComponentState> waiting =
                List.of(new ComponentState("pipelines", 1, 2, List.of("mysql: image being pulled")));

        progress.components(waiting);
        progress.components(waiting);
        progress.components(List.of(new ComponentState("pipelines", 2, 2, List.of())));

        assertThat(text()).isEqualTo("    pipelines 1/2: mysql: image being pulled\n    pipelines 2/2\n");
    }

    @Test
    void tellsOnlyTheFirstOfManyReasons() {
        progress.components(List.of(
                new ComponentState("pipelines", 0, 6, List.of("a: x", "b: x", "c: x", "d: x", "e: x", "f: x"))));

        assertThat(text()).isEqualTo("    pipelines 0/6: a: x; b: x; c: x; and 3 more\n");
    }

    @Test
    void tellsADownloadByTenths() {
        for (int done = 0; done <= 100; done++) {
            progress.downloading("kind", done * 1_000_000L, OptionalLong.of(100_000_000));
        }

        assertThat(text().lines()).hasSize(11).last().isEqualTo("    downloading kind: 100.0 MB of 100.0 MB");
    }

    private String text() {
        return error.toString(StandardCharsets.UTF_8);
    }
}
