package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Fault;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DoctorSummaryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T10:00:00Z"), ZoneOffset.UTC);

    @Test
    void saysThatNothingIsWrongAndLooksOnceInAWhile() {
        AtomicInteger looks = new AtomicInteger();
        DoctorSummary summary = new DoctorSummary(
                () -> {
                    looks.incrementAndGet();
                    return new Diagnosis(List.of(), List.of());
                },
                CLOCK,
                Runnable::run);

        assertThat(summary.get()).startsWith("It found nothing wrong. At ");
        assertThat(summary.get()).isNotEmpty();
        assertThat(looks).hasValue(1);
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
        DoctorSummary summary = new DoctorSummary(() -> new Diagnosis(List.of(), List.of()), CLOCK, work -> {});

        assertThat(summary.get()).isEmpty();
    }

    private static String summary(Supplier<Diagnosis> look) {
        return new DoctorSummary(look, CLOCK, Runnable::run).get();
    }
}
