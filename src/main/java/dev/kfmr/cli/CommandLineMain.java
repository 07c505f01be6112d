package dev.kfmr.cli;

import dev.kfmr.check.CheckGroup;
import dev.kfmr.cluster.ClientParts;
import dev.kfmr.core.Directories;
import dev.kfmr.core.KfmrException;
import dev.kfmr.install.EarlyLook;
import dev.kfmr.plan.RequestPolicy;
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

/** Runs one command and answers its exit code. */
public final class CommandLineMain {
    /** What a command gets to put things in order after Ctrl-C, such as deleting a half-made cluster. */
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(60);

    private CommandLineMain() {}

    public static int run(List<String> typed) {
        List<String> arguments = withHelpAsOption(typed);
        Map<String, String> environment = System.getenv();
        WatchedOutput output = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        Screen screen = new Screen(output.printer(), System.err, environment);
        CountDownLatch ended = endOnSignal(Thread.currentThread());
        try {
            DefaultsFromSurroundings defaults = defaults(environment);
            int exitCode = execute(screen, defaults, arguments);
            Optional<KfmrException> loss = output.loss();
            return loss.isEmpty() ? exitCode : CommandFailures.print(screen, new CommonOptions(), loss.get());
        } catch (RuntimeException e) {
            // The configuration file is read before any command runs.
            return new ErrorPrinter(screen, new CommonOptions().commands())
                    .print(e, arguments.contains("json"), arguments.contains("--verbose"))
                    .number();
        } finally {
            ended.countDown();
        }
    }

    private static int execute(Screen screen, DefaultsFromSurroundings defaults, List<String> arguments) {
        EarlyLook early = earlyLook(arguments, defaults);
        return StatusCommand.isPlain(arguments, defaults)
                ? new StatusCommand(screen, early).runPlainly(CommonOptions.foreseenName(arguments, defaults))
                : commandLine(screen, defaults, arguments, early).execute(arguments.toArray(String[]::new));
    }

    /** Whether these words name a command that does nothing but look, and do not ask how it is used. */
    static boolean lookAtACluster(List<String> arguments) {
        return !arguments.isEmpty()
                && arguments.get(0).equals(StatusCommand.NAME)
                && !arguments.contains("--help")
                && !arguments.contains("-h");
    }

    static EarlyLook earlyLook(List<String> arguments, DefaultsFromSurroundings defaults) {
        if (!lookAtACluster(arguments)) {
            return EarlyLook.none();
        }
        EarlyLook early = EarlyLook.at(Directories.ofUser(), CommonOptions.foreseenName(arguments, defaults));
        ClientParts.meetTls();
        return early;
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

    /** @throws KfmrException exit 2 when the user's configuration file is broken */
    static DefaultsFromSurroundings defaults(Map<String, String> environment) {
        return new DefaultsFromSurroundings(
                environment, UserConfig.read(Directories.ofUser().configFile()));
    }

    /** @param arguments that it is made for */
    static CommandLine commandLine(Screen screen, Map<String, String> environment, List<String> arguments) {
        return commandLine(screen, defaults(environment), arguments, EarlyLook.none());
    }

    /** @param early begun for the command that the arguments name */
    static CommandLine commandLine(
            Screen screen, DefaultsFromSurroundings defaults, List<String> arguments, EarlyLook early) {
        CommandLine line = new CommandLine(new KfmrCommand(), new CommandFactory(screen, defaults, early));
        KfmrCommand.addCommands(line, arguments);
        CommandFailures failures = new CommandFailures(screen);
        line.setDefaultValueProvider(defaults)
                .setOut(new PrintWriter(screen.output(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(screen.error(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(new UsageErrors(defaults))
                .setExecutionExceptionHandler(failures)
                .setExitCodeExceptionMapper(failures);
        line.registerConverter(Duration.class, new Durations());
        line.registerConverter(CommonOptions.Output.class, new Choices<>(CommonOptions.Output.class));
        line.registerConverter(RequestPolicy.class, new Choices<>(RequestPolicy.class));
        line.registerConverter(CheckGroup.class, new Choices<>(CheckGroup.class));
        return line;
    }

    /** {@code kfmr help up}, as many programs have it. */
    static List<String> withHelpAsOption(List<String> arguments) {
        return arguments.isEmpty() || !arguments.get(0).equals("help")
                ? arguments
                : Stream.concat(arguments.stream().skip(1), Stream.of("--help")).toList();
    }
}
