package dev.kfmr.cli;

import picocli.CommandLine.Command;

@Command(
        name = "plan",
        description = "Show what would be installed: components, sources, patches with their reasons. Touches nothing.",
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr plan --mode standalone --pins blog-2025-07", "  kfmr plan -o json"})
final class PlanCommand extends PlannedCommand {

    PlanCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        return new PlanPrinter(screen).print(this);
    }
}
