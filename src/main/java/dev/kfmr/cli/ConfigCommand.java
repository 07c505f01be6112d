package dev.kfmr.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Shows every option that can be set beforehand, its value, and where that came from. */
@Command(name = "config", description = "Show the value of each option, and where it came from.")
final class ConfigCommand extends Subcommand implements KfmrCommand.SpeaksOfAll {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final DefaultsFromSurroundings defaults;

    ConfigCommand(Screen screen, DefaultsFromSurroundings defaults) {
        super(screen);
        this.defaults = defaults;
    }

    @Override
    public Integer call() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        spec.root().subcommands().values().forEach(command -> collect(command, all));
        if (common.json()) {
            screen.output().println(JsonText.pretty(all));
            return 0;
        }
        screen.output().println("# " + common.directories().configFile());
        all.forEach((name, option) ->
                screen.output().printf("%-18s %-28s %s%n", name, option.get("value"), option.get("origin")));
        defaults.unknownKeys(all.keySet())
                .forEach(text -> screen.error().println(screen.paint(Screen.Tone.WARN, "warning: ") + text));
        return 0;
    }

    private void collect(CommandLine command, Map<String, Map<String, String>> into) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.usageHelp() && !option.hidden() && option.longestName().startsWith("--")) {
                into.merge(DefaultsFromSurroundings.name(option), describe(option), ConfigCommand::common);
            }
        }
        command.getSubcommands().values().forEach(inner -> collect(inner, into));
    }

    /** Of an option that commands have different defaults for, as of --timeout, none can be told. */
    private static Map<String, String> common(Map<String, String> one, Map<String, String> other) {
        return one.equals(other)
                ? one
                : row("", String.valueOf(one.get("origin")).replace("default;", "default of the command;"));
    }

    private Map<String, String> describe(OptionSpec option) {
        var found = defaults.found(option);
        String builtIn = option.defaultValue() == null ? "" : option.defaultValue();
        return row(
                found.map(DefaultsFromSurroundings.Found::value).orElse(builtIn),
                found.map(DefaultsFromSurroundings.Found::origin)
                        .orElse("default; "
                                + DefaultsFromSurroundings.variable(DefaultsFromSurroundings.name(option))));
    }

    private static Map<String, String> row(String value, String origin) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("value", value);
        row.put("origin", origin);
        return row;
    }
}
