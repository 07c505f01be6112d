package dev.kfmr.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.kfmr.apply.Change;
import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Differences;
import dev.kfmr.profile.YamlDocuments;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "diff",
        description = {
            "Show what kfmr up would change in the installation, by a dry run of its cluster. Changes nothing.",
            "Ends with 0 when nothing would be changed, with 1 when something would. Values of Secrets are not shown."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr diff", "  kfmr diff --pins kfp-2.17 | less -R", "  kfmr diff --without catalog -o json"})
final class DiffCommand extends PlannedCommand {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int LINES_AROUND = 3;
    private static final int DIFFERENT = 1;

    DiffCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Progress progress = common.json() ? Progress.silent() : Printers.progress(screen, common);
        List<Change> changes;
        try {
            changes = new Differences(surroundings(progress)).read(common.name, asked(), Deadline.in(LIMIT));
        } finally {
            Printers.close(progress);
        }
        if (common.json()) {
            screen.output()
                    .println(JsonText.pretty(
                            changes.stream().map(DiffCommand::asMap).toList()));
        } else if (changes.isEmpty()) {
            screen.output().println("Nothing would be changed.");
        } else {
            changes.forEach(this::print);
        }
        return changes.isEmpty() ? 0 : DIFFERENT;
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

    private static Map<String, Object> asMap(Change change) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("component", change.component());
        map.put("object", change.ref().id());
        map.put("change", change.kind().name().toLowerCase(Locale.ROOT));
        if (change.kind() == Change.Kind.CHANGE) {
            map.put("before", change.before());
            map.put("after", change.after());
        }
        return map;
    }
}
