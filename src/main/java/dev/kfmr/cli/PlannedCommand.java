package dev.kfmr.cli;

import dev.kfmr.core.Progress;
import dev.kfmr.install.Choice;
import dev.kfmr.install.Surroundings;
import picocli.CommandLine.Mixin;

/** A command that works on a plan: it understands what is to be installed, and where things come from. */
abstract class PlannedCommand extends Subcommand {

    @Mixin
    PlanOptionsMixin wanted = new PlanOptionsMixin();

    @Mixin
    SourceOptions sources = new SourceOptions();

    PlannedCommand(Screen screen) {
        super(screen);
    }

    Choice.Asked asked() {
        return wanted.asked();
    }

    @Override
    Surroundings surroundings(Progress progress) {
        return sources.surroundings(common, progress);
    }
}
