package dev.kfmr.cli;

import dev.kfmr.check.Finding;
import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.EnvironmentName;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.forward.ForwardReport;
import dev.kfmr.install.EarlyLook;
import dev.kfmr.install.InstallationStatus;
import dev.kfmr.install.StatusReader;
import dev.kfmr.plan.ComputeResource;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = StatusCommand.NAME,
        description = {
            "Show what is installed, what is ready, and why not.",
            "Ends with 0 when everything is ready, with 5 when something is not. With --watch it goes on until Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr status", "  kfmr status --watch", "  kfmr status -o json | jq .ready"})
final class StatusCommand extends Subcommand {
    static final String NAME = "status";

    /** What its answer depends on, but for the environment's name. */
    static final List<String> OPTIONS = List.of("output", "verbose", "watch");

    private static final int NAME_WIDTH = 24;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** A look of doctor's is many times as much work as one at the workloads. */
    private static final Duration DOCTOR_EVERY = Duration.ofSeconds(10);

    @Option(
            names = {"-w", "--watch"},
            description = "Look again and again, and let doctor look; with -o json a line for each look.")
    private boolean watch;

    private final EarlyLook early;

    StatusCommand(Screen screen, EarlyLook early) {
        super(screen);
        this.early = early;
    }

    /** Whether nothing but {@code status} was typed, and no option of it has another default: then there is nothing to understand. */
    static boolean isPlain(List<String> arguments, DefaultsFromSurroundings defaults) {
        if (!arguments.equals(List.of(NAME))) {
            return false;
        }
        for (String option : OPTIONS) {
            if (defaults.found(option).isPresent()) {
                return false;
            }
        }
        return EnvironmentName.isAllowed(CommonOptions.foreseenName(arguments, defaults));
    }

    @Override
    public Integer call() {
        Progress progress = common.json() ? Progress.silent() : new ProgressLines(screen);
        StatusReader reader = new StatusReader(surroundings(progress), early);
        InstallationStatus status = reader.read(common.name);
        if (watch) {
            watch(reader, status);
        }
        if (common.json()) {
            screen.output().println(JsonText.pretty(asMap(status)));
        } else {
            printText(status);
        }
        return (status.isReady() ? ExitCode.OK : ExitCode.NOT_READY).number();
    }

    /** Never returns by itself. @throws KfmrException exit 130 at Ctrl-C */
    private void watch(StatusReader reader, InstallationStatus first) {
        InstallationStatus status = first;
        LatestDiagnosis doctor =
                new LatestDiagnosis(new DoctorInputs(common, surroundings(Progress.silent()))::look, DOCTOR_EVERY);
        while (true) {
            show(status, doctor.get());
            status = next(reader, status);
        }
    }

    private void show(InstallationStatus status, Optional<LatestDiagnosis.Seen> doctor) {
        DiagnosisPrinter printer = new DiagnosisPrinter(screen, common.commands());
        if (common.json()) {
            Map<String, Object> map = asMap(status);
            doctor.filter(seen -> seen.failure().isEmpty())
                    .ifPresent(seen -> map.put("doctor", printer.asMap(seen.diagnosis())));
            screen.output().println(JsonText.of(map));
            return;
        }
        screen.clear();
        printText(status);
        screen.output().println();
        doctor.ifPresentOrElse(
                seen -> printDoctor(seen, printer), () -> screen.output().println("  Doctor looks ..."));
    }

    private void printDoctor(LatestDiagnosis.Seen seen, DiagnosisPrinter printer) {
        LocalTime time = LocalTime.ofInstant(seen.at(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        String when = "  Doctor at " + DateTimeFormatter.ISO_LOCAL_TIME.format(time) + ":";
        if (!seen.failure().isEmpty()) {
            screen.output().println(when + " it could not look: " + seen.failure());
            return;
        }
        screen.output().println(when);
        printer.printBriefly(seen.diagnosis());
    }

    /** A cluster that is away for a moment is told, and looked at again. Ctrl-C ends the wait. */
    private InstallationStatus next(StatusReader reader, InstallationStatus before) {
        Deadline.in(PAUSE).sleep(PAUSE, "watching");
        try {
            return reader.read(common.name);
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            screen.error().println(e.what() + " " + e.why());
            return before;
        }
    }

    private void printText(InstallationStatus status) {
        var out = screen.output();
        out.println(screen.paint(Tone.STRONG, status.environment().name()) + ": "
                + status.profile().title() + ", release set " + status.release() + ", context "
                + status.context());
        LoweredRequestsText.of(status.environment()).ifPresent(text -> out.println("  " + text));
        status.environment().images().forEach((from, to) -> out.println("  " + to + " stands in for " + from + "."));
        out.println();
        for (InstallationStatus.Component component : status.components()) {
            if (component.total() > 0) {
                printComponent(component);
            }
        }
        status.login().ifPresent(this::printLogin);
        if (!status.isReady()) {
            out.println();
            out.println(
                    common.commands().in("  kfmr doctor says why, and what to do; kfmr up goes on where it was left."));
        }
        out.println();
        common.forwards().running().ifPresentOrElse(running -> printRunning(running.report()), () -> {
            out.println(common.commands().in("  By kfmr forward:"));
            new ForwardLinks(status.forwards()).print(out);
        });
    }

    private void printRunning(ForwardReport report) {
        var out = screen.output();
        out.println(common.commands().in("  Forwarded in the background (kfmr forward --stop ends it); all links: ")
                + report.landingPage());
        report.forwards().forEach(forward -> out.println("    " + ForwardLinks.line(forward)));
    }

    private void printComponent(InstallationStatus.Component component) {
        boolean ready = component.ready() == component.total();
        screen.output()
                .println("  " + (ready ? screen.paint(Tone.GOOD, "✓") : screen.paint(Tone.BAD, "✗")) + " "
                        + Screen.column(component.name(), NAME_WIDTH) + " " + component.ready() + "/"
                        + component.total()
                        + " ready");
        component.waitingFor().forEach(line -> screen.output().println("      " + line));
    }

    private void printLogin(Finding finding) {
        var out = screen.output();
        out.println("  " + screen.paint(Tone.BAD, "✗") + " login: " + finding.what());
        out.println("      " + finding.evidence());
        out.println("      " + common.commands().in(finding.remedy()));
    }

    private Map<String, Object> asMap(InstallationStatus status) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", status.environment().name());
        map.put("context", status.context());
        map.put("profile", status.profile().name());
        map.put("release", status.release());
        map.put("ready", status.isReady());
        map.put("requestsLowered", ComputeResource.keys(status.environment().requestsLowered()));
        map.put("images", status.environment().images());
        map.put("components", status.components());
        status.login().ifPresent(finding -> map.put("login", finding));
        map.put("forwards", new ForwardLinks(status.forwards()).asMaps());
        common.forwards().running().ifPresent(running -> map.put("forwarding", running.report()));
        return map;
    }
}
