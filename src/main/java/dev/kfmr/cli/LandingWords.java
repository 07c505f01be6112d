package dev.kfmr.cli;

import dev.kfmr.forward.LandingContent.NextCommand;
import dev.kfmr.profile.Credential;
import dev.kfmr.profile.Profile;
import java.util.List;
import java.util.Optional;

/** What the landing page says of an installation. */
final class LandingWords {
    private LandingWords() {}

    /** @param own the password that was set in place of the shipped one; it is not shown */
    static List<Credential> credentials(Profile profile, Optional<String> own) {
        return profile.credentials().stream()
                .map(credential -> own.isPresent() && profile.isOfLogin(credential)
                        ? new Credential(credential.title(), credential.user(), "", "the password that you set")
                        : credential)
                .toList();
    }

    static List<NextCommand> nextCommands(NamedCommands commands) {
        return List.of(
                new NextCommand(commands.in("kfmr demo"), "register a model from a pipeline"),
                new NextCommand(commands.in("kfmr status"), "what runs, and what does not"),
                new NextCommand(commands.in("kfmr down"), "delete it all"));
    }
}
