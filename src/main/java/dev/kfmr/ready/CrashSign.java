package dev.kfmr.ready;

import dev.kfmr.core.Resource;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.ready.PodExplanation.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Words of a log that tell why a container crashed.
 *
 * @param meaning a main clause, for people
 * @param words in lower case
 */
record CrashSign(Reason reason, String meaning, List<String> words) {
    private static final String FILE = "crash-signs.yaml";
    private static final List<CrashSign> ALL = YamlDocuments.parse(Resource.text(CrashSign.class, FILE), FILE).stream()
            .map(CrashSign::of)
            .toList();

    CrashSign {
        words = List.copyOf(words);
    }

    /** The first whose words the text has. */
    static Optional<CrashSign> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(sign -> sign.words.stream().anyMatch(lower::contains))
                .findFirst();
    }

    private static CrashSign of(Map<String, Object> data) {
        List<?> words = data.get("words") instanceof List<?> list ? list : List.of();
        return new CrashSign(
                Reason.valueOf(String.valueOf(data.get("reason"))),
                String.valueOf(data.get("meaning")),
                words.stream()
                        .map(word -> String.valueOf(word).toLowerCase(Locale.ROOT))
                        .toList());
    }
}
