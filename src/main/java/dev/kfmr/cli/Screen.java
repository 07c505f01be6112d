package dev.kfmr.cli;

import java.io.PrintStream;
import java.util.Map;

/** What the process can print to, and how: results to the output, everything else to the error stream. */
final class Screen {
    private static final String RESET = "\u001b[0m";

    /** Colours by meaning. */
    enum Tone {
        GOOD("\u001b[32m"),
        BAD("\u001b[31m"),
        WARN("\u001b[33m"),
        DIM("\u001b[2m"),
        STRONG("\u001b[1m");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private final PrintStream output;
    private final PrintStream error;
    private final boolean terminal;
    private final boolean colour;

    Screen(PrintStream output, PrintStream error, Map<String, String> environment) {
        // System.console() is null as soon as either input or output is not a terminal.
        this(output, error, environment, System.console() != null);
    }

    /** @param hasConsole whether input and output are a terminal */
    Screen(PrintStream output, PrintStream error, Map<String, String> environment, boolean hasConsole) {
        this.output = output;
        this.error = error;
        this.terminal = hasConsole && !"dumb".equals(environment.get("TERM"));
        this.colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Filled up with spaces. A formatter would do the same, after the JVM has learned how every language writes numbers. */
    static String column(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    PrintStream output() {
        return output;
    }

    PrintStream error() {
        return error;
    }

    /** Whether a person looks at both streams and can answer. */
    boolean isTerminal() {
        return terminal;
    }

    /** Begins at the top of an empty screen; without a terminal what is printed just goes on. */
    void clear() {
        if (terminal) {
            output.print("\u001b[H\u001b[2J");
        }
    }

    String paint(Tone tone, String text) {
        return colour ? tone.code + text + RESET : text;
    }
}
