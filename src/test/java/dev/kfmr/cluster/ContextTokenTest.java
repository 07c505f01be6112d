package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContextTokenTest {
    private final HandClock clock = new HandClock("1970-01-01T00:00:00Z");

    @Test
    void asksAgainOnceAMinute() {
        ContextToken token = new ContextToken("first", () -> "asked at " + clock.instant(), clock);

        clock.advance(Duration.ofSeconds(60));
        assertThat(token.getToken()).isEqualTo("first");
        clock.advance(Duration.ofSeconds(1));
        assertThat(token.getToken()).isEqualTo("asked at 1970-01-01T00:01:01Z");
        clock.advance(Duration.ofSeconds(30));
        assertThat(token.getToken()).isEqualTo("asked at 1970-01-01T00:01:01Z");
    }
}
