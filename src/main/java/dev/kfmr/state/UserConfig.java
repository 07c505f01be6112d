package dev.kfmr.state;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.YamlDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The user's defaults for options: keys are option names without dashes in front, such as {@code registry-mirror}.
 *
 * @param values option name to value, as text
 */
public record UserConfig(Path file, Map<String, String> values) {
    public UserConfig {
        values = Map.copyOf(values);
    }

    /** Empty when there is no such file. @throws KfmrException exit 2 when it is not a map of simple values */
    public static UserConfig read(Path file) {
        if (!Files.exists(file)) {
            return new UserConfig(file, Map.of());
        }
        List<Map<String, Object>> documents = YamlDocuments.parse(WholeFile.read(file), file.toString());
        Map<String, String> values = new TreeMap<>();
        documents.forEach(document -> document.forEach((key, value) -> values.put(key, plain(file, key, value))));
        return new UserConfig(file, values);
    }

    private static String plain(Path file, String key, Object value) {
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        if (value instanceof Map) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "config.invalid",
                    "The configuration file is not understood.",
                    file + ": the value of " + key + " is a map, where a simple value is expected.",
                    "Correct it; kfmr config shows every key that can be set.");
        }
        return String.valueOf(value);
    }

    public Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }
}
