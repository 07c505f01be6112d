package dev.kfmr.cli;

import dev.kfmr.forward.LandingContent.NextCommand;
import java.util.List;

/** What the landing page says of an installation. */
final class LandingWords {
    private LandingWords() {}

    static List<NextCommand> nextCommands(NamedCommands commands) {
        return List.of(
                new NextCommand(commands.in("kfmr demo"), "register a model from a pipeline"),
                new NextCommand(commands.in("kfmr status"), "what runs, and what does not"),
                new NextCommand(commands.in("kfmr down"), "delete it all"));
    }
}
