package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The only place that prints an error: its three parts, and a stack trace for a bug or when asked. */
final class ErrorPrinter {
    private final Screen screen;
    private final NamedCommands commands;

    /** @param commands of the environment that the failed command was about */
    ErrorPrinter(Screen screen, NamedCommands commands) {
        this.screen = screen;
        this.commands = commands;
    }

    /** @return the exit code that goes with it */
    ExitCode print(Throwable failure, boolean json, boolean verbose) {
        KfmrException known = known(failure);
        if (json) {
            screen.output().println(JsonText.of(asMap(known)));
        } else {
            printText(known);
        }
        if (verbose || known.exitCode() == ExitCode.BUG) {
            failure.printStackTrace(screen.error());
        }
        return known.exitCode();
    }

    private void printText(KfmrException failure) {
        var error = screen.error();
        error.println();
        error.println(screen.paint(Tone.BAD, failure.what()) + screen.paint(Tone.DIM, "  [" + failure.code() + "]"));
        commands.in(failure.why()).lines().forEach(line -> error.println("  " + line));
        commands.in(failure.remedy()).lines().forEach(line -> error.println("  " + screen.paint(Tone.STRONG, line)));
    }

    private Map<String, Object> asMap(KfmrException failure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("event", "error");
        map.put("code", failure.code());
        map.put("exitCode", failure.exitCode().number());
        map.put("what", failure.what());
        map.put("why", commands.in(failure.why()));
        map.put("remedy", commands.in(failure.remedy()));
        return map;
    }

    /** After a Ctrl-C whatever was going on may fail in any way: files cannot be written, programs end as well. */
    private static KfmrException known(Throwable failure) {
        if (failure instanceof KfmrException interrupt && interrupt.isInterrupt()) {
            return interrupt;
        }
        if (Thread.currentThread().isInterrupted()) {
            return KfmrException.interrupted("working");
        }
        return failure instanceof KfmrException expected ? expected : bug(failure);
    }

    private static KfmrException bug(Throwable failure) {
        return new KfmrException(
                ExitCode.BUG,
                "bug",
                "kfmr itself failed.",
                String.valueOf(failure),
                "This is a bug. Please report it with the lines below; run the same command again to go on.",
                failure);
    }
}
