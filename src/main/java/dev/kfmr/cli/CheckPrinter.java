package dev.kfmr.cli;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.cli.Screen.Tone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what doctor's checks are, without looking at anything. */
final class CheckPrinter {
    private final Screen screen;

    CheckPrinter(Screen screen) {
        this.screen = screen;
    }

    void list(List<Check> checks) {
        for (CheckGroup group : CheckGroup.values()) {
            List<Check> own =
                    checks.stream().filter(check -> check.group() == group).toList();
            if (!own.isEmpty()) {
                screen.output().println(screen.paint(Tone.STRONG, group.title()) + " (--group " + group.id() + ")");
                own.forEach(this::line);
            }
        }
    }

    private void line(Check check) {
        screen.output()
                .printf(
                        "  %-30s %s%s%n",
                        check.id(), check.title(), check.isFixable() ? screen.paint(Tone.DIM, "  (--fix)") : "");
    }

    void explain(Check check) {
        var out = screen.output();
        out.println(screen.paint(Tone.STRONG, check.title()) + screen.paint(Tone.DIM, "  [" + check.id() + "]"));
        out.println(
                "  " + check.group().title() + ", " + check.severity().name().toLowerCase(Locale.ROOT));
        paragraph("Why", check.generalWhy());
        paragraph("What to do", check.generalRemedy());
        paragraph("kfmr doctor --fix", check.fix());
        paragraph("Follows from", String.join(", ", check.followsFrom()));
        paragraph("Where users met it", check.thread());
    }

    private void paragraph(String title, String text) {
        if (!text.isEmpty()) {
            screen.output().println();
            screen.output().println(title + ":");
            text.lines().forEach(line -> screen.output().println("  " + line));
        }
    }

    static Map<String, Object> asMap(Check check) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", check.id());
        map.put("group", check.group().id());
        map.put("title", check.title());
        map.put("severity", check.severity());
        map.put("why", check.generalWhy());
        map.put("remedy", check.generalRemedy());
        map.put("thread", check.thread());
        map.put("followsFrom", check.followsFrom());
        map.put("fixable", check.isFixable());
        map.put("fix", check.fix());
        return map;
    }

    static List<Map<String, Object>> asMaps(List<Check> checks) {
        return checks.stream().map(CheckPrinter::asMap).toList();
    }

    /** All of these groups; of every group where none is named. */
    static List<Check> of(List<CheckGroup> groups) {
        return CheckCatalogue.shipped().all().stream()
                .filter(check -> groups.isEmpty() || groups.contains(check.group()))
                .toList();
    }
}
