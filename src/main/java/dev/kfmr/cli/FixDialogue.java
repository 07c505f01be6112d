package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.doctor.Doctor;
import dev.kfmr.doctor.Fix;
import java.util.ArrayList;
import java.util.List;

/** Shows what would be changed, asks, and changes it. */
final class FixDialogue {
    private final Screen screen;
    private final Doctor doctor;
    private final String name;

    FixDialogue(Screen screen, Doctor doctor, String name) {
        this.screen = screen;
        this.doctor = doctor;
        this.name = name;
    }

    /** One change and how it went. @param error empty when it went well */
    record Done(String command, String error) {}

    /** @throws KfmrException exit 2, {@code doctor.not-confirmed} */
    void confirm(List<Fix> fixes, boolean yes) {
        screen.error().println("kfmr doctor --fix changes:");
        fixes.forEach(fix -> screen.error().println("    " + fix.command()));
        if (!yes && !new Question(screen).yes(fixes.size() == 1 ? "Do this?" : "Do these?")) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "doctor.not-confirmed",
                    "Nothing was changed.",
                    screen.isTerminal() ? "You did not say yes." : "There is no terminal to ask in.",
                    "Run it with --yes to do the above, or do it by hand.");
        }
    }

    /** One that fails takes no other along. */
    List<Done> apply(List<Fix> fixes) {
        List<Done> done = new ArrayList<>();
        for (Fix fix : fixes) {
            Done result = new Done(fix.command(), error(fix));
            done.add(result);
            screen.error()
                    .println((result.error().isEmpty() ? screen.paint(Tone.GOOD, "✓ ") : screen.paint(Tone.BAD, "✗ "))
                            + result.command()
                            + (result.error().isEmpty() ? "" : ": " + result.error()));
        }
        return done;
    }

    private String error(Fix fix) {
        try {
            doctor.apply(fix, name);
            return "";
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            return e.what() + " " + e.why();
        }
    }
}
