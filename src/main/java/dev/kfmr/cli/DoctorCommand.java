package dev.kfmr.cli;

import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.ExitCode;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Doctor;
import dev.kfmr.profile.PinsLibrary;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = {
            "Say what is wrong with an installation and what it stands on, why, and what to do. Changes nothing.",
            "Ends with 0 when nothing is known to be wrong, else with 3."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr doctor --before-install", "  kfmr doctor -o json"})
final class DoctorCommand extends Subcommand {
    @Option(names = "--before-install", description = "Look only at this machine and its container engine.")
    private boolean beforeInstall;

    DoctorCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Doctor doctor = new Doctor(common.directories(), System.getenv(), deadImages());
        Diagnosis diagnosis = beforeInstall ? doctor.beforeInstall() : doctor.whole(common.name);
        if (common.json()) {
            screen.output().println(JsonText.pretty(diagnosis));
        } else {
            printText(diagnosis);
        }
        return (diagnosis.isHealthy() ? ExitCode.OK : ExitCode.ENVIRONMENT).number();
    }

    /** Of every shipped release set: an image is dead whichever of them asks for it. */
    private static Map<String, String> deadImages() {
        PinsLibrary library = new PinsLibrary();
        Map<String, String> dead = new LinkedHashMap<>();
        library.names().forEach(name -> library.load(name).patches().forEach(patch -> dead.putAll(patch.images())));
        return dead;
    }

    private void printText(Diagnosis diagnosis) {
        var out = screen.output();
        diagnosis.findings().forEach(this::print);
        diagnosis.unread().forEach(line -> out.println(screen.paint(Tone.WARN, "? ") + "not looked at: " + line));
        if (diagnosis.isHealthy()) {
            out.println(screen.paint(Tone.GOOD, "✓ ") + "Nothing is known to be wrong.");
        }
    }

    private void print(Finding finding) {
        var out = screen.output();
        out.println(mark(finding.severity()) + finding.what() + screen.paint(Tone.DIM, "  [" + finding.id() + "]"));
        finding.evidence().lines().forEach(line -> out.println("    " + screen.paint(Tone.DIM, line)));
        finding.why().lines().forEach(line -> out.println("    " + line));
        finding.remedy().lines().forEach(line -> out.println("    " + screen.paint(Tone.STRONG, line)));
        if (!finding.thread().isEmpty()) {
            out.println("    " + screen.paint(Tone.DIM, "see " + finding.thread()));
        }
    }

    private String mark(Severity severity) {
        return switch (severity) {
            case FAILURE -> screen.paint(Tone.BAD, "✗ ");
            case WARNING -> screen.paint(Tone.WARN, "! ");
            case NOTE -> screen.paint(Tone.DIM, "- ");
        };
    }
}
