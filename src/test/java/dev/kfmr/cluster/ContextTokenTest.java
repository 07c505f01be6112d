package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ContextTokenTest {
    private Instant now = Instant.EPOCH;

    @Test
    void asksAgainOnceAMinute() {
        ContextToken token = new ContextToken("first", () -> "asked at " + now, new HandClock());

        now = now.plusSeconds(60);
        assertThat(token.getToken()).isEqualTo("first");
        now = now.plusSeconds(1);
        assertThat(token.getToken()).isEqualTo("asked at 1970-01-01T00:01:01Z");
        now = now.plusSeconds(30);
        assertThat(token.getToken()).isEqualTo("asked at 1970-01-01T00:01:01Z");
    }

    private final class HandClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
