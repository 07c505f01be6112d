package dev.kfmr.cli;

import java.io.Console;
import java.util.Locale;

/** Asks a person; without a terminal the answer is no. */
final class Question {
    private final Screen screen;

    Question(Screen screen) {
        this.screen = screen;
    }

    boolean yes(String question) {
        Console console = System.console();
        if (!screen.isTerminal() || console == null) {
            return false;
        }
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }
}
