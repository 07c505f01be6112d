package dev.kfmr.cli;

import dev.kfmr.apply.Change;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Differences;
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
        } else {
            new DiffPrinter(screen).print(changes);
        }
        return changes.isEmpty() ? 0 : DIFFERENT;
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
