package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void saysWhereTheTextIsBroken() {
        assertThatThrownBy(() -> YamlTexts.parse("a: b\nc: [d\n", "broken.yaml"))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.what()).contains("broken.yaml");
                    assertThat(e.why()).contains("line 3");
                });
    }
}
