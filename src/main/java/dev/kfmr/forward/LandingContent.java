package dev.kfmr.forward;

import dev.kfmr.profile.Credential;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the landing page shows beside the forwards.
 *
 * @param environment the installation's name
 * @param title what is installed, such as {@code standalone, release set 26.03}
 * @param credentials asked for each page, since a password may be changed meanwhile; may be empty
 * @param nextCommands commands to try, each with a word on what it does
 * @param python a program that uses what is forwarded; empty where there is nothing to show
 * @param doctor asked for each page: doctor's summary in a line; empty as long as it did not run
 */
public record LandingContent(
        String environment,
        String title,
        Supplier<List<Credential>> credentials,
        List<NextCommand> nextCommands,
        String python,
        Supplier<String> doctor) {
    public LandingContent {
        nextCommands = List.copyOf(nextCommands);
    }

    /** A command line, and what it does. */
    public record NextCommand(String command, String what) {}
}
