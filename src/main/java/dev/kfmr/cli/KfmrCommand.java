package dev.kfmr.cli;

import dev.kfmr.core.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The root: shows help. */
@Command(
        name = "kfmr",
        description = "One command gives a laptop a working Kubeflow.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kfmr up --mode standalone     install Pipelines and the Model Registry",
            "  kfmr forward                  keep their UIs on local ports",
            "  kfmr demo                     register a model from a pipeline",
            "  kfmr status                   what runs, and what does not",
            "  kfmr doctor                   what is wrong, why, and what to do",
            "  kfmr down                     delete it all",
            "",
            "Every option is also a variable (KFMR_TIMEOUT=45m) and a key of the",
            "configuration file: kfmr config shows each value and where it came from.",
            "Exit codes: 0 done, 1 a bug, 2 usage, 3 this machine, 4 upstream,",
            "5 not ready in time, 130 interrupted."
        })
final class KfmrCommand implements Callable<Integer> {
    /** In the order of help. */
    private static final List<Class<?>> COMMANDS = List.of(
            UpCommand.class,
            ForwardCommand.class,
            OpenCommand.class,
            DemoCommand.class,
            ConnectCommand.class,
            ModelCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            LogsCommand.class,
            AccessCommand.class,
            DownCommand.class,
            PlanCommand.class,
            RenderCommand.class,
            DiffCommand.class,
            PinsCommand.class,
            ConfigCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            WarmUpCommand.class);

    /** Commands that speak of the others. */
    interface SpeaksOfAll {}

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    /**
     * Adds the command that the first argument names, so that it does not wait until all options of all others are read; or
     * all of them, for help and where that argument names none.
     */
    static void addCommands(CommandLine line, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        // No lambda, here and beside what picocli is given: the archive of classes leaves out those of its types that
        // one names.
        for (Class<?> command : named(first)) {
            line.addSubcommand(command);
        }
    }

    private static List<Class<?>> named(String word) {
        for (Class<?> command : COMMANDS) {
            if (name(command).equals(word) && !SpeaksOfAll.class.isAssignableFrom(command)) {
                return List.of(command);
            }
        }
        return COMMANDS;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return help ? ExitCode.OK.number() : ExitCode.USAGE.number();
    }
}
