package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextsTest {
    @Test
    void everyScalarIsAText() {
        assertThat(YamlTexts.parse("release: 26.03\nown: true\nlist: [1, x]\nmap: {a: 0755, 'b': \"\"}\n", "a.yaml"))
                .isEqualTo(Map.of(
                        "release",
                        "26.03",
                        "own",
                        "true",
                        "list",
                        List.of("1", "x"),
                        "map",
                        Map.of("a", "0755", "b", "")));
    }

    @Test
    void leavesOutAKeyWithoutValue() {
        assertThat(YamlTexts.parse("server:\nuser: a\n", "a.yaml")).containsOnlyKeys("user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "- a\n- b", "a"})
    void wantsAMap(String text) {
        assertThatThrownBy(() -> YamlTexts.parse(text, "a.yaml")).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e.code()).isEqualTo("yaml.invalid");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'a: b\nc:\na: d', line 3: the key a stands here a second time",
        "'a: b\nc: &here\n  d: [*here]', line 2: an alias leads back to here"
    })
    void refusesWhatNoMapCanHold(String text, String why) {
        assertThatThrownBy(() -> YamlTexts.parse(text, "a.yaml"))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.why()).isEqualTo(why));
    }

    @Test
    void saysWhereTheTextIsBroken() {
        assertThatThrownBy(() -> YamlTexts.parse("a: b\nc: [d\n", "broken.yaml"))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.what()).contains("broken.yaml");
                    assertThat(e.why()).contains("line 3");
                });
    }
}
