package dev.kfmr.cli;

import dev.kfmr.core.Directories;
import dev.kfmr.forward.DetachedForward;
import dev.kfmr.state.EnvironmentStore;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
    /** How results and progress are printed. */
    enum Output {
        TEXT,
        JSON
    }

    static final String DEFAULT_NAME = "kfmr";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = DEFAULT_NAME,
            converter = EnvironmentNames.class,
            description = "The environment's name, which its cluster has too (default: ${DEFAULT-VALUE}).")
    String name = DEFAULT_NAME;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Print text for people, or json for programs (default: ${DEFAULT-VALUE}).")
    Output output = Output.TEXT;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more, and print the stack trace of an error.")
    boolean verbose;

    /** The name that these arguments will most likely be understood to say, without understanding them. */
    static String foreseenName(List<String> arguments, DefaultsFromSurroundings defaults) {
        int at = arguments.indexOf("--name");
        if (at >= 0 && at + 1 < arguments.size()) {
            return arguments.get(at + 1);
        }
        for (String argument : arguments) {
            if (argument.startsWith("--name=")) {
                return argument.substring("--name=".length());
            }
        }
        Optional<DefaultsFromSurroundings.Found> found = defaults.found("name");
        return found.isPresent() ? found.get().value() : DEFAULT_NAME;
    }

    /** For texts about the environment. */
    NamedCommands commands() {
        return NamedCommands.of(name);
    }

    boolean json() {
        return output == Output.JSON;
    }

    Directories directories() {
        return Directories.ofUser();
    }

    /** Those of the environment that run in the background, if any do. */
    DetachedForward forwards() {
        return new DetachedForward(store().folder(name));
    }

    EnvironmentStore store() {
        return new EnvironmentStore(directories());
    }
}
