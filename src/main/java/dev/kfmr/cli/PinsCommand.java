package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.Progress;
import dev.kfmr.fetch.PinFinding;
import dev.kfmr.install.Preparation;
import dev.kfmr.install.Surroundings;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.PinsLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "pins",
        description = "Look at release sets: exactly what upstream released, and what is known to be wrong with it.",
        subcommands = {PinsCommand.ListThem.class, PinsCommand.Show.class, PinsCommand.Verify.class})
final class PinsCommand extends CommandGroup {
    /** What the three have in common. */
    abstract static class PinsSubcommand extends Subcommand {
        final PinsLibrary library = new PinsLibrary();

        PinsSubcommand(Screen screen) {
            super(screen);
        }
    }

    @Command(name = "list", description = "List the release sets that kfmr ships; the first is the default.")
    static final class ListThem extends PinsSubcommand {
        ListThem(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            if (common.json()) {
                screen.output()
                        .println(JsonText.pretty(library.names().stream()
                                .map(name -> Map.of(
                                        "name",
                                        name,
                                        "title",
                                        library.load(name).title()))
                                .toList()));
            } else {
                library.names().forEach(name -> screen.output()
                        .printf("%-14s %s%n", name, library.load(name).title()));
            }
            return 0;
        }
    }

    @Command(name = "show", description = "Show a release set: sources, node image, patches with their reasons, notes.")
    static final class Show extends PinsSubcommand {
        @Parameters(
                paramLabel = "NAME|FILE",
                arity = "0..1",
                description = "A release set, or a file of your own (default: the first of kfmr pins list).")
        private String name = library.defaultName();

        Show(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            Pins pins = library.load(name);
            if (common.json()) {
                screen.output().println(JsonText.pretty(pins));
                return 0;
            }
            var out = screen.output();
            out.println(screen.paint(Tone.STRONG, pins.release()) + ": " + pins.title());
            out.println("node image " + pins.nodeImage());
            pins.sources().values().stream()
                    .sorted(java.util.Comparator.comparing(dev.kfmr.profile.Source::name))
                    .forEach(source -> out.printf(
                            "%-16s %-8s %s  %s%n",
                            source.name(),
                            source.tag(),
                            source.commit(),
                            source.urls().get(0)));
            pins.patches().forEach(patch -> {
                out.println("patch " + patch.id() + ": " + patch.reason() + " (" + patch.thread() + ")");
                patch.images().forEach((from, to) -> out.println("    " + from + " -> " + to));
            });
            pins.knownAbsent().forEach((path, why) -> out.println("without " + path + ": " + why));
            pins.notes().forEach(note -> out.println("note: " + note));
            return 0;
        }
    }

    @Command(
            name = "verify",
            description = {
                "Fetch each pinned commit and check tag, trees and every path that the components use.",
                "Ends with 4 when something is not as pinned."
            })
    static final class Verify extends PinsSubcommand {
        private static final Duration LIMIT = Duration.ofMinutes(10);

        @Parameters(
                paramLabel = "NAME|FILE",
                arity = "0..*",
                description = "Release sets, or files of your own (default: every shipped one).")
        private List<String> names = new ArrayList<>();

        @Mixin
        private SourceOptions sources = new SourceOptions();

        Verify(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            Preparation preparation = new Preparation(new Surroundings(
                    common.directories(), System.getenv(), sources.gitMirror(), sources.caFile(), Progress.silent()));
            boolean isSound = true;
            for (String name : names.isEmpty() ? library.names() : names) {
                Pins pins = library.load(name);
                List<PinFinding> findings = preparation.verify(pins, Deadline.in(LIMIT));
                isSound &= findings.stream().allMatch(PinFinding::ok);
                print(pins, findings);
            }
            return (isSound ? ExitCode.OK : ExitCode.UPSTREAM).number();
        }

        private void print(Pins pins, List<PinFinding> findings) {
            if (common.json()) {
                screen.output().println(JsonText.of(Map.of("release", pins.release(), "findings", findings)));
                return;
            }
            var out = screen.output();
            out.println(screen.paint(Tone.STRONG, pins.release()));
            findings.forEach(finding -> out.println("  "
                    + (finding.ok() ? screen.paint(Tone.GOOD, "✓") : screen.paint(Tone.BAD, "✗")) + " "
                    + finding.source() + ": " + finding.text()
                    + (finding.ok() ? "" : "  (" + finding.pinnedAt() + ")")));
            pins.knownAbsent().forEach((path, why) -> out.println("  - " + path + ": " + why));
            pins.notes().forEach(note -> out.println("  - " + note));
        }
    }
}
