package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/**
 * Progress in a terminal: what is done scrolls away above, what goes on is drawn below and kept up to date. Drawn anew
 * for each width, so that a resized window stays readable; closed, it leaves the lines above and nothing else.
 */
final class ProgressLive implements Progress, AutoCloseable {
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(250);
    private static final String[] WHEEL = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

    private static final Set<Stage> SHOWING_COMPONENTS = Set.of(Stage.APPLY, Stage.READY, Stage.RUN);

    /** A stage that was told, and comes once more, as when requests turn out to be lowered. */
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(2);

    private final Screen screen;
    private final Terminal terminal;
    private final Display display;
    private final Thread painter;
    private final Map<Stage, Long> running = new LinkedHashMap<>();
    private final Set<Stage> told = EnumSet.noneOf(Stage.class);
    private final Map<Stage, String> lastStep = new LinkedHashMap<>();
    private final Map<String, String> downloads = new LinkedHashMap<>();
    private List<ComponentState> components = List.of();
    private int frame;
    private boolean closed;

    ProgressLive(Screen screen) {
        this.screen = screen;
        // JLine loses an interrupt of the thread that builds a terminal: a Ctrl-C in these moments would do nothing.
        this.terminal = CompletableFuture.supplyAsync(ProgressLive::terminal).join();
        this.display = new Display(terminal, false);
        this.painter = new Thread(this::paintUntilClosed, "kfmr-progress");
        painter.setDaemon(true);
        painter.start();
    }

    private static Terminal terminal() {
        try {
            // Ctrl-C stays a signal of the process: JLine takes no part in it.
            return TerminalBuilder.builder()
                    .system(true)
                    .nativeSignals(false)
                    .signalHandler(Terminal.SignalHandler.SIG_DFL)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void paintUntilClosed() {
        try {
            while (true) {
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    paint();
                }
                Thread.sleep(BETWEEN_FRAMES.toMillis());
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /** On a signal JLine closes the terminal by itself: from then on lines are printed, and nothing is drawn. */
    private void paint() {
        try {
            draw();
        } catch (IllegalStateException e) {
            endDrawing();
        }
    }

    /** What is printed from now on stands below what was drawn last. */
    private void endDrawing() {
        closed = true;
        screen.error().println();
    }

    private void draw() {
        int columns = Math.max(20, terminal.getWidth());
        int rows = Math.max(5, terminal.getHeight());
        display.resize(rows, columns);
        display.update(lines(columns, rows - 2), -1);
        frame++;
    }

    private List<AttributedString> lines(int columns, int most) {
        List<String> lines = new ArrayList<>();
        running.forEach((stage, since) -> lines.add(WHEEL[frame % WHEEL.length] + " " + stage.title() + "  "
                + screen.paint(
                        Tone.DIM,
                        Durations.text(Duration.ofNanos(System.nanoTime() - since))
                                + (lastStep.containsKey(stage) ? "  " + lastStep.get(stage) : ""))));
        downloads.values().forEach(text -> lines.add("  " + text));
        if (SHOWING_COMPONENTS.stream().anyMatch(running::containsKey)) {
            componentLines(most - lines.size(), lines);
        }
        List<String> shown = lines.size() <= most ? lines : lines.subList(0, most);
        // With their ends: when the width changes, JLine joins what stands there, and breaks it anew.
        return shown.stream()
                .map(line -> fitted(AttributedString.fromAnsi(line), columns - 1))
                .map(line -> AttributedString.join(AttributedString.EMPTY, line, AttributedString.NEWLINE))
                .toList();
    }

    static AttributedString fitted(AttributedString line, int columns) {
        return line.columnLength() <= columns
                ? line
                : AttributedString.join(
                        AttributedString.EMPTY, line.columnSubSequence(0, columns - 1), new AttributedString("…"));
    }

    /** Every component, and of each as many reasons as the window has room for. */
    private void componentLines(int room, List<String> lines) {
        List<ComponentState> shown =
                components.stream().filter(component -> component.total() > 0).toList();
        long waiting = shown.stream().filter(component -> !component.isReady()).count();
        int reasons = (int) Math.max(1, (room - shown.size()) / Math.max(1, waiting) - 1);
        shown.forEach(component -> componentLines(component, reasons, lines));
    }

    private void componentLines(ComponentState component, int reasons, List<String> lines) {
        String mark = component.isReady() ? screen.paint(Tone.GOOD, "✓") : " ";
        lines.add("  " + mark + " " + component.name() + "  " + component.ready() + "/" + component.total());
        FirstOf.of(component.waitingFor(), reasons)
                .forEach(reason -> lines.add("      " + screen.paint(Tone.DIM, reason)));
    }

    private synchronized void above(String line) {
        clear();
        screen.error().println(line);
        screen.error().flush();
    }

    private void clear() {
        if (closed) {
            return;
        }
        try {
            display.update(List.of(), 0);
            display.reset();
        } catch (IllegalStateException e) {
            endDrawing();
        }
    }

    @Override
    public synchronized void started(Stage stage) {
        running.put(stage, System.nanoTime());
    }

    @Override
    public synchronized void finished(Stage stage, Duration took) {
        running.remove(stage);
        lastStep.remove(stage);
        downloads.clear();
        if (!told.add(stage) && took.compareTo(WORTH_A_LINE) < 0) {
            return;
        }
        above(screen.paint(Tone.GOOD, "✓") + " " + stage.title() + "  " + screen.paint(Tone.DIM, Durations.text(took)));
    }

    @Override
    public synchronized void step(Stage stage, String text) {
        if (closed) {
            above("  " + text);
        }
        lastStep.put(stage, text);
    }

    @Override
    public synchronized void downloading(String what, long doneBytes, OptionalLong totalBytes) {
        downloads.put(what, Amounts.download(what, doneBytes, totalBytes));
    }

    @Override
    public synchronized void components(List<ComponentState> newComponents) {
        components = List.copyOf(newComponents);
    }

    @Override
    public void warning(String text) {
        above(screen.paint(Tone.WARN, "! ") + text);
    }

    @Override
    public void healed(String text) {
        above(screen.paint(Tone.GOOD, "+ ") + text);
    }

    /** Takes the drawn part away; what was said above it stays. */
    @Override
    public void close() {
        synchronized (this) {
            clear();
            if (closed) {
                return;
            }
            closed = true;
        }
        painter.interrupt();
        try {
            terminal.close();
        } catch (IOException e) {
            // Nothing is drawn any more.
        }
    }
}
