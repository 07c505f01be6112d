package dev.kfmr.cli;

import dev.kfmr.core.Progress;
import java.time.Clock;

/** Chooses how progress is shown: live in a terminal, a line an event without one, JSON for programs. */
final class Printers {
    private Printers() {}

    static Progress progress(Screen screen, CommonOptions common) {
        if (common.json()) {
            return new ProgressJson(screen.output(), Clock.systemUTC());
        }
        return screen.isTerminal() && !common.verbose ? new ProgressLive(screen) : new ProgressLines(screen);
    }

    /** Takes a live view away; the others have nothing to take away. */
    static void close(Progress progress) {
        if (progress instanceof ProgressLive live) {
            live.close();
        }
    }
}
