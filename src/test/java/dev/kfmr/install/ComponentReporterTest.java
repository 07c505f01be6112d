package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.HandClock;
import dev.kfmr.install.ComponentReadiness.Item;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentReporterTest {
    private final HandClock clock = new HandClock("2026-01-01T00:00:00Z");
    private final RecordedProgress progress = new RecordedProgress();
    private final ComponentReporter reporter = new ComponentReporter(progress, clock);

    private static List<ComponentReadiness> waitingFor(String what) {
        return List.of(new ComponentReadiness(
                "pipelines", true, List.of(what.isEmpty() ? Item.ready("a") : Item.waiting("a", what))));
    }

    @Test
    void tellsNothingThatItToldAlready() {
        reporter.report(waitingFor("mysql"));
        clock.advance(Duration.ofSeconds(1));
        reporter.report(waitingFor("mysql"));

        assertThat(progress.components).hasSize(1);
    }

    @Test
    void tellsNoMoreThanEyesCanFollow() {
        reporter.report(waitingFor("mysql"));
        reporter.report(waitingFor("store"));
        assertThat(progress.components).hasSize(1);

        clock.advance(Duration.ofMillis(250));
        reporter.report(waitingFor("store"));
        assertThat(progress.components).hasSize(2);
    }

    @Test
    void tellsAtOnceThatEverythingIsReady() {
        reporter.report(waitingFor("mysql"));
        reporter.report(waitingFor(""));

        assertThat(progress.components).hasSize(2);
    }
}
