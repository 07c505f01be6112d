package dev.kfmr.engine;

import java.time.Duration;
import java.util.List;

/**
 * One command on the way to an engine, exactly as it is run.
 *
 * @param title what it does, for people
 * @param command its words, {@code sudo} included where it is needed
 */
public record InstallStep(String title, List<String> command, Duration limit) {
    public InstallStep {
        command = List.copyOf(command);
    }

    /** As one would type it. */
    public String text() {
        return String.join(" ", command);
    }
}
