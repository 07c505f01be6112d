package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> MODES = List.of("standalone", "multi-user");

    @Test
    void findsASlip() {
        assertThat(NearestName.of("standalon", MODES)).contains("standalone");
        assertThat(NearestName.of("multiuser", MODES)).contains("multi-user");
        assertThat(NearestName.of("MULTI-USER", MODES)).contains("multi-user");
    }

    @Test
    void findsAPartOfAName() {
        assertThat(NearestName.of("multi", MODES)).contains("multi-user");
    }

    @Test
    void proposesNothingForWhatIsFarFromAll() {
        assertThat(NearestName.of("production", MODES)).isEmpty();
        assertThat(NearestName.hint("production", MODES)).isEmpty();
    }

    @Test
    void countsInsertedRemovedAndReplacedLetters() {
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
    }
}
