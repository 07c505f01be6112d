package dev.kfmr.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.kfmr.apply.Change;
import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.profile.YamlDocuments;
import java.util.List;

/** Changes as people read them: unified, with colours in a terminal. */
final class DiffPrinter {
    private static final int LINES_AROUND = 3;

    private final Screen screen;

    DiffPrinter(Screen screen) {
        this.screen = screen;
    }

    void print(List<Change> changes) {
        if (changes.isEmpty()) {
            screen.output().println("Nothing would be changed.");
        }
        changes.forEach(this::print);
    }

    private void print(Change change) {
        var out = screen.output();
        String title = change.component() + ": " + change.ref().id();
        switch (change.kind()) {
            case CREATE -> out.println(screen.paint(Tone.GOOD, "create " + title));
            case DELETE -> out.println(screen.paint(Tone.BAD, "delete " + title));
            case CHANGE -> {
                out.println(screen.paint(Tone.STRONG, "change " + title));
                unified(change).forEach(line -> out.println(painted(line)));
            }
        }
    }

    private static List<String> unified(Change change) {
        List<String> before = YamlDocuments.write(change.before()).lines().toList();
        List<String> after = YamlDocuments.write(change.after()).lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff(
                "in the cluster", "as it would be", before, DiffUtils.diff(before, after), LINES_AROUND);
    }

    private String painted(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> screen.paint(Tone.GOOD, line);
            case '-' -> screen.paint(Tone.BAD, line);
            case '@' -> screen.paint(Tone.DIM, line);
            default -> line;
        };
    }
}
