package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.core.HandClock;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DoctorSummaryTest {
    private final HandClock clock = new HandClock("2026-01-01T10:00:00Z");

    @Test
    void saysThatNothingIsWrongAndLooksOnceInAWhile() {
        AtomicInteger looks = new AtomicInteger();
        DoctorSummary summary = summary(
                () -> {
                    looks.incrementAndGet();
                    return Diagnosis.NONE;
                },
                Runnable::run);

        assertThat(summary.get()).startsWith("It found nothing wrong. At ");
        assertThat(summary.get()).isNotEmpty();
        assertThat(looks).hasValue(1);
        clock.advance(Duration.ofMinutes(6));
        assertThat(summary.get()).isNotEmpty();
        assertThat(looks).hasValue(2);
    }

    @Test
    void namesWhatIsWrong() {
        Fault fault = new Fault(
                CheckCatalogue.shipped().get("cluster.context").found(Map.of("context", "kind-x", "files", "k")),
                "",
                List.of());

        assertThat(summary(() -> new Diagnosis(List.of(fault), List.of()))).contains("kind-x");
    }

    @Test
    void saysThatItCouldNotLook() {
        assertThat(summary(() -> {
                    throw new IllegalStateException("no way");
                }))
                .isEqualTo("It could not look: no way");
    }

    @Test
    void answersAtOnceWhileALookIsOnItsWay() {
        List<Runnable> begun = new ArrayList<>();
        DoctorSummary summary = summary(() -> Diagnosis.NONE, begun::add);

        assertThat(summary.get()).isEmpty();
        assertThat(summary.get()).isEmpty();
        assertThat(begun).as("one at a time").hasSize(1);
    }

    private String summary(Supplier<Diagnosis> look) {
        return summary(look, Runnable::run).get();
    }

    private DoctorSummary summary(Supplier<Diagnosis> look, Executor background) {
        return new DoctorSummary(new LatestDiagnosis(look, DoctorSummary.GOOD_FOR, clock, background));
    }
}
