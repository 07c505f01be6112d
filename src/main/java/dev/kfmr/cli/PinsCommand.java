package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.Progress;
import dev.kfmr.fetch.PinFinding;
import dev.kfmr.fetch.PinUpdate;
import dev.kfmr.install.PinsCheck;
import dev.kfmr.install.PinsUpdate;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.PinsLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pins",
        commandListHeading = "%nCommands:%n",
        description = "Look at release sets: exactly what upstream released, and what is known to be wrong with it.",
        subcommands = {
            PinsCommand.ListThem.class,
            PinsCommand.Show.class,
            PinsCommand.Verify.class,
            PinsCommand.Update.class
        })
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
                                .map(name -> JsonText.fields(
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
            new TreeMap<>(pins.clients()).forEach((client, version) -> out.println("client " + client + " " + version));
            pins.patches().forEach(patch -> {
                out.println("patch " + patch.id() + ": " + patch.reason()
                        + (patch.thread().isEmpty() ? "" : " (" + patch.thread() + ")"));
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
                "Fetch each pinned commit, check all that the components use of it, and ask for every image.",
                "Checked are tag, folders and every path; images are asked for at their registries. Ends with 4 when"
                        + " something is not as pinned."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  kfmr pins verify",
                "  kfmr pins verify 26.03 --no-images",
                "  kfmr pins verify ./my-pins.yaml --registry-mirror http://mirror.example:5000"
            })
    static final class Verify extends PinsSubcommand {
        private static final Duration LIMIT = Duration.ofMinutes(10);

        @Parameters(
                paramLabel = "NAME|FILE",
                arity = "0..*",
                description = "Release sets, or files of your own (default: every shipped one).")
        private List<String> names = new ArrayList<>();

        @Option(names = "--no-images", description = "Ask no registry for images.")
        private boolean noImages;

        @Mixin
        private RegistryOptions registries = new RegistryOptions();

        @Mixin
        private SourceOptions sources = new SourceOptions();

        Verify(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            boolean isSound = true;
            for (String name : names.isEmpty() ? library.names() : names) {
                Pins pins = library.load(name);
                List<PinFinding> findings = look(name, pins);
                isSound &= findings.stream().allMatch(PinFinding::ok);
                print(pins, findings);
            }
            return (isSound ? ExitCode.OK : ExitCode.UPSTREAM).number();
        }

        private List<PinFinding> look(String name, Pins pins) {
            Progress progress = Printers.progress(screen, common);
            PinsCheck check = new PinsCheck(sources.surroundings(common, progress), registries.mirror());
            try {
                List<PinFinding> findings = new ArrayList<>(check.sources(pins, Deadline.in(LIMIT)));
                if (!noImages) {
                    findings.addAll(check.images(name, Deadline.in(LIMIT)));
                }
                return findings;
            } finally {
                Printers.close(progress);
            }
        }

        private void print(Pins pins, List<PinFinding> findings) {
            if (common.json()) {
                screen.output()
                        .println(JsonText.of(JsonText.fields(
                                "event", "pins-verify", "release", pins.release(), "findings", findings)));
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

    @Command(
            name = "update",
            description = {
                "Look for later releases of what a release set pins, and write a proposal that extends it.",
                "Shows what changed or vanished in the folders that kfmr uses, and which images change."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  kfmr pins update",
                "  kfmr pins update 26.03 --write next.yaml",
                "  kfmr up --pins next.yaml --name next"
            })
    static final class Update extends PinsSubcommand {
        private static final Duration LIMIT = Duration.ofMinutes(10);

        @Parameters(
                paramLabel = "NAME|FILE",
                arity = "0..1",
                description = "A release set, or a file of your own (default: the first of kfmr pins list).")
        private String name = library.defaultName();

        @Option(names = "--write", paramLabel = "FILE", description = "Write the proposal to this file.")
        private Optional<Path> file = Optional.empty();

        @Option(
                names = "--mode",
                paramLabel = "NAME",
                defaultValue = "standalone",
                description = "The mode whose images are compared (default: ${DEFAULT-VALUE}).")
        private String mode = "standalone";

        @Mixin
        private SourceOptions sources = new SourceOptions();

        Update(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            Progress progress = Printers.progress(screen, common);
            PinsUpdate update = new PinsUpdate(sources.surroundings(common, progress));
            List<PinUpdate> updates;
            Optional<PinsUpdate.Images> images = Optional.empty();
            try {
                updates = update.look(mode, name, Deadline.in(LIMIT));
                if (file.isPresent() && !updates.isEmpty()) {
                    update.write(name, updates, file.get());
                    images = Optional.of(update.images(mode, name, file.get(), Deadline.in(LIMIT)));
                }
            } finally {
                Printers.close(progress);
            }
            if (common.json()) {
                screen.output().println(JsonText.of(asMap(updates, images)));
            } else {
                print(updates, images);
            }
            return 0;
        }

        private Map<String, Object> asMap(List<PinUpdate> updates, Optional<PinsUpdate.Images> images) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("event", "pins-update");
            map.put("updates", updates);
            images.ifPresent(compared -> map.put("images", compared));
            file.ifPresent(path -> map.put("file", path.toString()));
            return map;
        }

        private void print(List<PinUpdate> updates, Optional<PinsUpdate.Images> images) {
            var out = screen.output();
            if (updates.isEmpty()) {
                out.println("Everything that " + name + " pins is the newest release.");
                return;
            }
            for (PinUpdate found : updates) {
                out.println(screen.paint(Tone.STRONG, found.source().name()) + " "
                        + found.source().tag() + " -> " + found.tag() + "  " + found.commit());
                found.changed().forEach(folder -> out.println("  changed  " + folder));
                found.vanished().forEach(path -> out.println("  " + screen.paint(Tone.BAD, "vanished") + " " + path));
            }
            images.ifPresent(compared -> {
                compared.gone().forEach(image -> out.println(screen.paint(Tone.BAD, "  - " + image)));
                compared.fresh().forEach(image -> out.println(screen.paint(Tone.GOOD, "  + " + image)));
            });
            images.map(PinsUpdate.Images::problem)
                    .filter(problem -> !problem.isEmpty())
                    .ifPresent(problem -> out.println(screen.paint(Tone.WARN, "It needs your work: ") + problem));
            file.ifPresentOrElse(
                    path -> out.println("Wrote " + path + "."),
                    () -> out.println("Write it down: kfmr pins update " + name + " --write FILE"));
        }
    }
}
