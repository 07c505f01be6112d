package dev.kfmr.cli;

import dev.kfmr.core.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.ParseResult;

/** Prints what ended a command, in the form that the command was asked for. */
final class CommandFailures implements IExecutionExceptionHandler, IExitCodeExceptionMapper {
    private final Screen screen;

    CommandFailures(Screen screen) {
        this.screen = screen;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        CommonOptions common = command.getCommand() instanceof Subcommand known ? known.common : new CommonOptions();
        return print(screen, common, failure);
    }

    /** @return the exit code that goes with it */
    static int print(Screen screen, CommonOptions common, Exception failure) {
        return new ErrorPrinter(screen, common.commands())
                .print(failure, common.json(), common.verbose)
                .number();
    }

    @Override
    public int getExitCode(Throwable failure) {
        return ExitCode.BUG.number();
    }
}
