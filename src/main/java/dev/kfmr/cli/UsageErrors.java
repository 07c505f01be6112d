package dev.kfmr.cli;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.NearestName;
import dev.kfmr.profile.ProfileLibrary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what may have been meant. */
final class UsageErrors implements IParameterExceptionHandler {
    private final DefaultsFromSurroundings defaults;

    UsageErrors(DefaultsFromSurroundings defaults) {
        this.defaults = defaults;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] typed) {
        CommandLine command = failure.getCommandLine();
        PrintWriter error = command.getErr();
        error.println(
                failure instanceof UnmatchedArgumentException unmatched
                        ? unknown(command.getCommandSpec(), unmatched)
                        : failure.getMessage());
        origin(failure, List.of(typed)).ifPresent(origin -> error.println("It comes from " + origin + "."));
        error.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    /** Of a wrong value that was not typed. */
    private Optional<String> origin(ParameterException failure, List<String> typed) {
        return failure.getArgSpec() instanceof OptionSpec option
                        && Stream.of(option.names()).noneMatch(name -> isTyped(name, typed))
                ? defaults.found(option).map(DefaultsFromSurroundings.Found::origin)
                : Optional.empty();
    }

    private static boolean isTyped(String option, List<String> arguments) {
        return arguments.stream().anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
    }

    /** Of several the first: what follows an unknown option may be its value. */
    private static String unknown(CommandSpec command, UnmatchedArgumentException failure) {
        String typed = failure.getUnmatched().get(0);
        String name = command.qualifiedName();
        if (failure.isUnknownOption()) {
            return name + " has no option " + typed + "."
                    + NearestName.hint(
                            typed.replaceFirst("=.*", ""), command.optionsMap().keySet());
        }
        if (command.subcommands().isEmpty()) {
            return name + " takes no argument " + typed + " here." + modeHint(command, typed);
        }
        return name + " has no command " + typed + "."
                + NearestName.hint(typed, command.subcommands().keySet());
    }

    private static String modeHint(CommandSpec command, String typed) {
        return command.findOption("--mode") != null
                        && new ProfileLibrary().names().contains(typed)
                ? NearestName.proposal("--mode " + typed)
                : "";
    }
}
