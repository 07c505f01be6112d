package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CalmTest {
    private Instant now = Instant.EPOCH;

    private final Calm calm = new Calm(Duration.ofSeconds(5), new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void holdsOnlyAfterTheWholeTime() {
        assertThat(calm.holds()).isFalse();
        now = now.plusSeconds(4);
        assertThat(calm.holds()).isFalse();
        now = now.plusSeconds(1);
        assertThat(calm.holds()).isTrue();
    }

    @Test
    void beginsAnewWhenDisturbed() {
        calm.holds();
        now = now.plusSeconds(4);
        calm.disturbed();
        now = now.plusSeconds(4);

        assertThat(calm.holds()).isFalse();
        assertThat(calm.since()).contains(now);
    }
}
