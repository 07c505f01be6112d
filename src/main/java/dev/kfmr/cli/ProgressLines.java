package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Progress without a terminal: one line for each event, each line once. */
final class ProgressLines implements Progress {
    /** That time passes is no event. */
    private static final Pattern SECONDS = Pattern.compile("\\d+ s\\b");

    private static final int REASONS = 3;

    private final Screen screen;
    private final Map<String, String> lastOfComponent = new HashMap<>();
    private final Map<String, Long> lastTenth = new HashMap<>();

    ProgressLines(Screen screen) {
        this.screen = screen;
    }

    private synchronized void line(String text) {
        screen.error().println(text);
    }

    @Override
    public void started(Stage stage) {
        line("==> " + stage.title());
    }

    @Override
    public void finished(Stage stage, Duration took) {
        line("    " + stage.title() + ": done in " + Durations.text(took));
    }

    @Override
    public void step(Stage stage, String text) {
        line("    " + text);
    }

    @Override
    public synchronized void downloading(String what, long doneBytes, OptionalLong totalBytes) {
        long tenth = totalBytes.isPresent() && totalBytes.getAsLong() > 0
                ? doneBytes * 10 / totalBytes.getAsLong()
                : doneBytes / (10 << 20);
        Long before = lastTenth.put(what, tenth);
        if (before == null || before != tenth) {
            line("    " + Amounts.download(what, doneBytes, totalBytes));
        }
    }

    @Override
    public synchronized void components(List<ComponentState> components) {
        for (ComponentState component : components) {
            String text = component.name() + " " + component.ready() + "/" + component.total()
                    + (component.waitingFor().isEmpty()
                            ? ""
                            : ": " + String.join("; ", FirstOf.of(component.waitingFor(), REASONS)));
            String withoutTimes = SECONDS.matcher(text).replaceAll("");
            if (component.total() > 0 && !withoutTimes.equals(lastOfComponent.put(component.name(), withoutTimes))) {
                line("    " + text);
            }
        }
    }

    @Override
    public void warning(String text) {
        line(screen.paint(Tone.WARN, "warning: ") + text);
    }

    @Override
    public void healed(String text) {
        line(screen.paint(Tone.GOOD, "healed: ") + text);
    }
}
