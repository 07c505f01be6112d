package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CalmTest {
    private final HandClock clock = new HandClock("2026-11-28T12:00:00Z");
    private final Calm calm = new Calm(Duration.ofSeconds(5), clock);

    @Test
    void holdsOnlyAfterTheWholeTime() {
        assertThat(calm.holds()).isFalse();
        clock.advance(Duration.ofSeconds(4));
        assertThat(calm.holds()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(calm.holds()).isTrue();
    }

    @Test
    void beginsAnewWhenDisturbed() {
        calm.holds();
        clock.advance(Duration.ofSeconds(4));
        calm.disturbed();
        clock.advance(Duration.ofSeconds(4));

        assertThat(calm.holds()).isFalse();
        assertThat(calm.since()).contains(clock.instant());
    }
}
