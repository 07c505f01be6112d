package dev.kfmr.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagOrderTest {
    @Test
    void comparesByNumbersAndNotByLetters() {
        assertThat(TagOrder.newest(List.of("2.9.0", "2.16.1", "2.17.0", "2.2.0"), "2.16.1"))
                .contains("2.17.0");
    }

    @Test
    void takesOnlyTagsOfTheSameForm() {
        assertThat(TagOrder.newest(List.of("v0.3.8", "v0.4.0-rc.1", "py-0.5.0", "0.9.9", "26.03-stub"), "v0.3.8"))
                .isEmpty();
    }

    @Test
    void findsNothingBeyondTheNewest() {
        assertThat(TagOrder.newest(List.of("26.03", "25.09"), "26.03")).isEmpty();
    }
}
