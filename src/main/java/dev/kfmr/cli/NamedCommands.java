package dev.kfmr.cli;

import java.util.regex.Pattern;

/**
 * Commands of kfmr in texts about an environment. Without {@code --name} they would act on the default one: told to delete and make
 * a cluster anew, a reader would delete another.
 */
final class NamedCommands {
    /** Those that act on an environment, where no name stands in the same line behind them. */
    private static final Pattern COMMAND = Pattern.compile(
            "\\bkfmr (?:up|down|forward|open|demo|connect|status|doctor|logs|diff|plan|(?:access|model) [a-z]+)\\b"
                    + "(?!.*--name\\b)");

    private final String option;

    private NamedCommands(String option) {
        this.option = option;
    }

    static NamedCommands of(String environment) {
        return new NamedCommands(environment.equals(CommonOptions.DEFAULT_NAME) ? "" : " --name " + environment);
    }

    String in(String text) {
        return option.isEmpty() ? text : COMMAND.matcher(text).replaceAll("$0" + option);
    }
}
