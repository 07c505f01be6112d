package dev.kfmr.cli;

import dev.kfmr.install.Consent;
import java.util.List;

/** Whether kfmr may install a container engine: said by an option, else asked in a terminal. */
final class EngineConsent implements Consent {
    private final Screen screen;
    private final boolean given;

    EngineConsent(Screen screen, boolean given) {
        this.screen = screen;
        this.given = given;
    }

    @Override
    public boolean to(String what, List<String> commands) {
        if (given) {
            return true;
        }
        if (!screen.isTerminal()) {
            return false;
        }
        screen.error().println(what + " kfmr can run:");
        commands.forEach(command -> screen.error().println("    " + command));
        return new Question(screen).yes("Run these commands?");
    }
}
