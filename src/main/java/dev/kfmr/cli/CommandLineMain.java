package dev.kfmr.cli;

import dev.kfmr.cluster.ClientJson;
import dev.kfmr.core.Directories;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.NearestName;
import dev.kfmr.state.UserConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command and answers its exit code. */
public final class CommandLineMain {
    /** What a command gets to put things in order after Ctrl-C, such as deleting a half-made cluster. */
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(60);

    private CommandLineMain() {}

    public static int run(List<String> typed) {
        List<String> arguments = withHelpAsOption(typed);
        Map<String, String> environment = System.getenv();
        if (KfmrCommand.looksAtACluster(arguments)) {
            ClientJson.prepare();
        }
        WatchedOutput output = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        Screen screen = new Screen(output.printer(), System.err, environment);
        CountDownLatch ended = endOnSignal(Thread.currentThread());
        try {
            int exitCode = commandLine(screen, environment, arguments).execute(arguments.toArray(String[]::new));
            return output.loss()
                    .map(loss ->
                            new ErrorPrinter(screen).print(loss, false, false).number())
                    .orElse(exitCode);
        } catch (RuntimeException e) {
            // The configuration file is read before any command runs.
            return new ErrorPrinter(screen)
                    .print(e, arguments.contains("json"), arguments.contains("--verbose"))
                    .number();
        } finally {
            ended.countDown();
        }
    }

    /** On a signal the working thread is interrupted and given time to leave things in order. */
    private static CountDownLatch endOnSignal(Thread worker) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (ended.getCount() == 0) {
                                return;
                            }
                            worker.interrupt();
                            try {
                                ended.await(AFTER_INTERRUPT.toSeconds(), TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "kfmr-signal"));
        return ended;
    }

    /** @param arguments that it is made for */
    static CommandLine commandLine(Screen screen, Map<String, String> environment, List<String> arguments) {
        UserConfig config = UserConfig.read(Directories.ofUser().configFile());
        DefaultsFromSurroundings defaults = new DefaultsFromSurroundings(environment, config);
        CommandLine line = new CommandLine(new KfmrCommand(), new CommandFactory(screen, defaults));
        KfmrCommand.addCommands(line, arguments);
        line.setDefaultValueProvider(defaults)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(screen.output(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(screen.error(), true, StandardCharsets.UTF_8))
                .setExitCodeExceptionMapper(failure -> ExitCode.BUG.number())
                .setParameterExceptionHandler((failure, typed) -> explainUsage(failure, typed, defaults));
        line.registerConverter(Duration.class, new Durations());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            CommonOptions common =
                    command.getCommand() instanceof Subcommand known ? known.common : new CommonOptions();
            return new ErrorPrinter(screen)
                    .print(failure, common.json(), common.verbose)
                    .number();
        });
        return line;
    }

    private static int explainUsage(ParameterException failure, String[] typed, DefaultsFromSurroundings defaults) {
        CommandLine command = failure.getCommandLine();
        PrintWriter error = command.getErr();
        error.println(
                failure instanceof UnmatchedArgumentException unmatched
                        ? unknown(command.getCommandSpec(), unmatched)
                        : failure.getMessage());
        origin(failure, List.of(typed), defaults).ifPresent(origin -> error.println("It comes from " + origin + "."));
        error.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    /** Of a wrong value that was not typed. */
    private static Optional<String> origin(
            ParameterException failure, List<String> typed, DefaultsFromSurroundings defaults) {
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
            return name + " takes no argument " + typed + " here.";
        }
        return name + " has no command " + typed + "."
                + NearestName.hint(typed, command.subcommands().keySet());
    }

    /** {@code kfmr help up}, as many programs have it. */
    static List<String> withHelpAsOption(List<String> arguments) {
        return arguments.isEmpty() || !arguments.get(0).equals("help")
                ? arguments
                : Stream.concat(arguments.stream().skip(1), Stream.of("--help")).toList();
    }
}
