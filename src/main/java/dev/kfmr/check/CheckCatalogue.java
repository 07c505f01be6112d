package dev.kfmr.check;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import dev.kfmr.core.Resource;
import dev.kfmr.profile.YamlDocuments;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every check that there is: of preflight and of doctor, from the data that travels in the jar. */
public final class CheckCatalogue {
    private static final String FILE = "checks.yaml";
    private static final CheckCatalogue SHIPPED = read(Resource.text(CheckCatalogue.class, FILE), FILE);

    private final Map<String, Check> checks;

    private CheckCatalogue(Map<String, Check> checks) {
        this.checks = checks;
    }

    public static CheckCatalogue shipped() {
        return SHIPPED;
    }

    /** @param text a YAML document each */
    static CheckCatalogue read(String text, String file) {
        return new CheckCatalogue(YamlDocuments.parse(text, file).stream()
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

    public boolean has(String id) {
        return checks.containsKey(id);
    }

    /** By the id that a user typed. @throws KfmrException exit 2, {@code doctor.unknown-check}, with the nearest id */
    public Check named(String id) {
        if (!has(id)) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "doctor.unknown-check",
                    "There is no check " + id + "." + hint(id),
                    "None of doctor's checks has that id.",
                    "See all of them: kfmr doctor --list");
        }
        return get(id);
    }

    /** The same subject in another group is nearer than any other name: groups were called otherwise once. */
    private String hint(String id) {
        List<String> ofTheSubject = checks.keySet().stream()
                .filter(known -> subject(known).equals(subject(id)))
                .toList();
        return ofTheSubject.size() == 1
                ? NearestName.proposal(ofTheSubject.get(0))
                : NearestName.hint(id, checks.keySet());
    }

    private static String subject(String id) {
        return id.substring(id.indexOf('.') + 1);
    }

    /** In the file's order, which is that of the groups. */
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
                text(data, "thread"),
                text(data, "fix"),
                data.get("followsFrom") instanceof List<?> ids
                        ? ids.stream().map(String::valueOf).toList()
                        : List.of());
    }

    private static String text(Map<String, Object> data, String key) {
        return String.valueOf(data.getOrDefault(key, "")).strip();
    }
}
