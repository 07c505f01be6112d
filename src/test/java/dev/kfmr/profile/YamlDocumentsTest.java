package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlDocumentsTest {
    @Test
    void readsEveryDocumentAndLeavesEmptyOnesOut() {
        assertThat(YamlDocuments.parse("a: 1\n---\n---\nb: {c: [x, 2]}\n", "two.yaml"))
                .containsExactly(Map.of("a", 1), Map.of("b", Map.of("c", List.of("x", 2))));
    }

    @Test
    void readsScalarsAsKubernetesDoes() {
        Map<String, Object> read = YamlDocuments.parse(
                        "date: 2026-11-28\nword: yes\nanswer: on\nquoted: \"1\"\nflag: true\nnothing: ~\nmode: 0644\npi: 3.5",
                        "scalars.yaml")
                .get(0);

        assertThat(read)
                .containsEntry("date", "2026-11-28")
                .containsEntry("word", "yes")
                .containsEntry("answer", "on")
                .containsEntry("quoted", "1")
                .containsEntry("flag", true)
                .containsEntry("nothing", null)
                .containsEntry("mode", 420)
                .containsEntry("pi", 3.5);
    }

    @Test
    void writesWhatItReadsBackTheSame() {
        Map<String, Object> value = Map.of(
                "text", "line one\nline two\n",
                "number", 7,
                "looksLikeANumber", "007",
                "looksLikeADate", "2026-11-28",
                "looksLikeAFlag", "true",
                "list", List.of(Map.of("a", "b")));

        assertThat(YamlDocuments.parse(YamlDocuments.write(value), "again")).containsExactly(value);
    }

    @Test
    void writesTheSameListTwiceAndNoAnchors() {
        List<String> list = List.of();

        assertThat(YamlDocuments.write(new java.util.TreeMap<>(Map.of("a", list, "b", list))))
                .isEqualTo("a: []\nb: []\n");
    }

    @Test
    void writesTextsSoThatNoReaderTakesThemForFlagsOrDates() {
        assertThat(YamlDocuments.write(new java.util.TreeMap<>(Map.of("a", "no", "b", "2026-11-28", "c", "1e3"))))
                .isEqualTo("a: 'no'\nb: '2026-11-28'\nc: '1e3'\n");
    }

    @Test
    void namesThePlaceOfAnError() {
        assertThatThrownBy(() -> YamlDocuments.parse("a: [1\nb: 2\n", "broken.yaml"))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.what()).contains("broken.yaml");
                    assertThat(e.why()).contains("line 2");
                });
    }
}
