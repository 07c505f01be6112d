package dev.kfmr.cli;

import dev.kfmr.core.Progress;
import dev.kfmr.install.Surroundings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What every command has: the common options, and a screen to print to. */
abstract class Subcommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    final Screen screen;

    Subcommand(Screen screen) {
        this.screen = screen;
    }

    /**
     * As it runs where its name alone was typed, without the library that understands command lines, which a new JVM has to meet
     * first.
     *
     * @param name of the environment
     * @return the exit code
     */
    final int runPlainly(String name) {
        common.name = name;
        try {
            return call();
        } catch (Exception e) {
            return CommandFailures.print(screen, common, e);
        }
    }

    /** For a command that fetches nothing. */
    Surroundings surroundings(Progress progress) {
        return new Surroundings(common.directories(), System.getenv(), Optional.empty(), Optional.empty(), progress);
    }
}
