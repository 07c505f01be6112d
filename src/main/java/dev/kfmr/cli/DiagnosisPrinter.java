package dev.kfmr.cli;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Fault;
import dev.kfmr.doctor.Fix;
import dev.kfmr.doctor.Unread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints a diagnosis: for people grouped from the machine up, for programs as one object. */
final class DiagnosisPrinter {
    private final Screen screen;
    private final NamedCommands commands;

    /** @param commands of the environment that was looked at */
    DiagnosisPrinter(Screen screen, NamedCommands commands) {
        this.screen = screen;
        this.commands = commands;
    }

    /** @param all whether what does no harm is printed as well */
    void print(Diagnosis diagnosis, boolean all) {
        List<Fault> shown = diagnosis.faults().stream()
                .filter(fault -> all || fault.finding().severity() != Severity.NOTE)
                .toList();
        for (CheckGroup group : CheckGroup.values()) {
            List<Fault> own = shown.stream()
                    .filter(fault -> group(fault.finding()) == group)
                    .toList();
            if (!own.isEmpty()) {
                screen.output().println(screen.paint(Tone.STRONG, group.title()));
                own.forEach(this::print);
            }
        }
        diagnosis.unread().forEach(this::print);
        tellTheRest(diagnosis, shown.size());
    }

    /** A line for each cause that matters. */
    void printBriefly(Diagnosis diagnosis) {
        diagnosis.causes().forEach(this::printHead);
        diagnosis.unread().forEach(this::print);
        if (diagnosis.causes().isEmpty() && diagnosis.unread().isEmpty()) {
            screen.output().println("  " + screen.paint(Tone.GOOD, "✓ ") + "Nothing is known to be wrong.");
        }
    }

    private void printHead(Finding finding) {
        screen.output()
                .println("  " + mark(finding.severity()) + finding.what()
                        + screen.paint(Tone.DIM, "  [" + finding.id() + "]"));
    }

    private void tellTheRest(Diagnosis diagnosis, int shown) {
        int notes = diagnosis.faults().size() - shown;
        if (diagnosis.isHealthy()) {
            boolean warned = shown > 0;
            screen.output()
                    .println(screen.paint(Tone.GOOD, "✓ ")
                            + (warned ? "Nothing else is known to be wrong." : "Nothing is known to be wrong."));
        }
        if (notes > 0) {
            screen.output()
                    .println(screen.paint(
                            Tone.DIM,
                            notes + (notes == 1 ? " note" : " notes") + commands.in(" more: kfmr doctor --all")));
        }
    }

    private static CheckGroup group(Finding finding) {
        return CheckCatalogue.shipped().get(finding.id()).group();
    }

    private void print(Unread unread) {
        screen.output()
                .println(screen.paint(Tone.WARN, "? ") + "could not look at " + unread.what() + ": " + unread.why());
    }

    private void print(Fault fault) {
        Finding finding = fault.finding();
        printHead(finding);
        lines(finding.evidence(), Tone.DIM);
        if (fault.followsFrom().isEmpty()) {
            commands.in(finding.why()).lines().forEach(line -> screen.output().println("      " + line));
            lines(commands.in(finding.remedy()), Tone.STRONG);
            if (!fault.fixes().isEmpty()) {
                lines(commands.in("kfmr doctor --fix does it."), Tone.STRONG);
            }
            lines(finding.thread(), Tone.DIM);
        } else {
            lines("follows from " + fault.followsFrom(), Tone.DIM);
        }
    }

    private void lines(String text, Tone tone) {
        text.lines().forEach(line -> screen.output().println("      " + screen.paint(tone, line)));
    }

    private String mark(Severity severity) {
        return switch (severity) {
            case FAILURE -> screen.paint(Tone.BAD, "✗ ");
            case WARNING -> screen.paint(Tone.WARN, "! ");
            case NOTE -> screen.paint(Tone.DIM, "- ");
        };
    }

    Map<String, Object> asMap(Diagnosis diagnosis) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("healthy", diagnosis.isHealthy());
        map.put("findings", diagnosis.faults().stream().map(this::asMap).toList());
        map.put("unread", diagnosis.unread());
        return map;
    }

    private Map<String, Object> asMap(Fault fault) {
        Finding finding = fault.finding();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", finding.id());
        map.put("group", group(finding).id());
        map.put("title", CheckCatalogue.shipped().get(finding.id()).title());
        map.put("severity", finding.severity());
        map.put("what", finding.what());
        map.put("evidence", finding.evidence());
        map.put("why", commands.in(finding.why()));
        map.put("remedy", commands.in(finding.remedy()));
        map.put("thread", finding.thread());
        map.put("followsFrom", fault.followsFrom());
        map.put("fixes", fault.fixes().stream().map(Fix::command).toList());
        return map;
    }
}
