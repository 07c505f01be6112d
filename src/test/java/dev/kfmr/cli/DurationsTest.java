package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
    private final Durations durations = new Durations();

    @Test
    void readsWhatPeopleWrite() {
        assertThat(durations.convert("30m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(durations.convert("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(durations.convert("45S")).isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void refusesTheRestAndShowsHow() {
        assertThatThrownBy(() -> durations.convert("half an hour"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("30m");
        assertThatThrownBy(() -> durations.convert("")).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void writesThemForPeople() {
        assertThat(Durations.text(Duration.ofMillis(3456))).isEqualTo("3.5 s");
        assertThat(Durations.text(Duration.ofSeconds(58))).isEqualTo("58 s");
        assertThat(Durations.text(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    }
}
