package dev.kfmr.cli;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Down;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        description = {
            "Delete the cluster that kfmr made, its context and its state. Where nothing is left, nothing is done.",
            "In a cluster that was there before: delete exactly the objects of the installation.",
            "When that cluster, or its context, is gone: --forget."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr down", "  kfmr down --name next --yes", "  kfmr down --name team --forget"})
final class DownCommand extends Subcommand {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--forget",
            description = {
                "Delete only what kfmr keeps of an installation in a cluster that was there before, and ask no cluster:",
                "for one that is gone. Where it is not gone, the installation stays in it."
            })
    private boolean forget;

    DownCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Progress progress = common.json() ? Progress.silent() : new ProgressLines(screen);
        Down down = new Down(surroundings(progress));
        List<String> doomed = forget ? down.wouldForget(common.name) : down.wouldDelete(common.name);
        if (doomed.isEmpty()) {
            return say(List.of());
        }
        String listed = String.join(", and ", doomed);
        if (!yes && !new Question(screen).yes("Delete " + listed + "?")) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "down.not-confirmed",
                    "Nothing was deleted.",
                    screen.isTerminal() ? "You did not say yes." : "There is no terminal to ask in.",
                    "Run it with --yes to delete " + listed + ".");
        }
        return say(forget ? down.forget(common.name) : down.run(common.name));
    }

    private int say(List<String> deleted) {
        if (common.json()) {
            screen.output().println(JsonText.of(JsonText.fields("event", "down", "deleted", deleted)));
        } else if (deleted.isEmpty()) {
            screen.output().println("There is no environment " + common.name + ": nothing to delete.");
        } else {
            deleted.forEach(what -> screen.output().println("deleted " + what));
        }
        return 0;
    }
}
