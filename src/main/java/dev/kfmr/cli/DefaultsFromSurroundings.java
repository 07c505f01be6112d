package dev.kfmr.cli;

import dev.kfmr.core.NearestName;
import dev.kfmr.state.UserConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that is not on the command line is taken from its variable ({@code KFMR_REGISTRY_MIRROR}), else from the
 * user's configuration file ({@code registry-mirror:}). What is asked for each option has no lambda: the archive of classes has none
 * of a class whose type is picocli's, so that each would be made anew in each JVM.
 */
final class DefaultsFromSurroundings implements IDefaultValueProvider {
    private final Map<String, String> environment;
    private final UserConfig config;

    DefaultsFromSurroundings(Map<String, String> environment, UserConfig config) {
        this.environment = Map.copyOf(environment);
        this.config = config;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        // Of options that exclude each other one may be given: a default of another must not stand beside it.
        Optional<Found> found =
                argument instanceof OptionSpec option && option.group() == null ? found(option) : Optional.empty();
        return found.isPresent() ? found.get().value() : null;
    }

    /** @param origin {@code KFMR_NAME}, or the configuration file */
    record Found(String value, String origin) {}

    Optional<Found> found(OptionSpec option) {
        return found(name(option));
    }

    /** @param option its longest name, without dashes in front */
    Optional<Found> found(String option) {
        Optional<Found> inVariable = inVariable(option);
        return inVariable.isPresent() ? inVariable : inFile(option);
    }

    /** The first of options that exclude each other; any variable beats the configuration file. */
    Optional<Found> found(List<OptionSpec> exclusive) {
        return Stream.concat(
                        exclusive.stream().map(option -> inVariable(name(option))),
                        exclusive.stream().map(option -> inFile(name(option))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Found> inVariable(String option) {
        String variable = variable(option);
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(new Found(value, variable));
    }

    private Optional<Found> inFile(String option) {
        Optional<String> value = config.value(option);
        return value.isPresent()
                ? Optional.of(new Found(value.get(), config.file().toString()))
                : Optional.empty();
    }

    /** A line for each key of the configuration file that no option has: it changes nothing. */
    List<String> unknownKeys(Set<String> options) {
        return config.values().keySet().stream()
                .filter(key -> !options.contains(key))
                .sorted()
                .map(key -> config.file() + ": there is no option " + key + "." + NearestName.hint(key, options))
                .toList();
    }

    static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }

    static String variable(String optionName) {
        return "KFMR_" + optionName.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
