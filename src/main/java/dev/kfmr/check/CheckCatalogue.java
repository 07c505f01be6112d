package dev.kfmr.check;

import dev.kfmr.core.Resource;
import dev.kfmr.profile.YamlDocuments;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checks of one YAML file: a document each. */
public final class CheckCatalogue {
    private final Map<String, Check> checks;

    private CheckCatalogue(Map<String, Check> checks) {
        this.checks = checks;
    }

    /** @param beside a class of the package that the file lies in */
    public static CheckCatalogue read(Class<?> beside, String file) {
        return new CheckCatalogue(YamlDocuments.parse(Resource.text(beside, file), file).stream()
                .map(CheckCatalogue::check)
                .collect(Collectors.toMap(
                        Check::id,
                        Function.identity(),
                        (first, second) -> {
                            throw new IllegalStateException(file + " has " + first.id() + " twice");
                        },
                        LinkedHashMap::new)));
    }

    /** @throws IllegalArgumentException for an id that the file does not have: a bug */
    public Check get(String id) {
        Check check = checks.get(id);
        if (check == null) {
            throw new IllegalArgumentException("There is no check " + id);
        }
        return check;
    }

    /** In the file's order. */
    public Collection<Check> all() {
        return checks.values();
    }

    private static Check check(Map<String, Object> data) {
        return new Check(
                text(data, "id"),
                text(data, "title"),
                Severity.valueOf(text(data, "severity")),
                text(data, "what"),
                text(data, "evidence"),
                text(data, "why"),
                text(data, "remedy"),
                text(data, "thread"));
    }

    private static String text(Map<String, Object> data, String key) {
        return String.valueOf(data.getOrDefault(key, "")).strip();
    }
}
