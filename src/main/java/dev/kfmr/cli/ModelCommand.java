package dev.kfmr.cli;

import dev.kfmr.core.Progress;
import dev.kfmr.install.Installed;
import dev.kfmr.models.ModelReader;
import dev.kfmr.models.ModelReport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "model",
        commandListHeading = "%nCommands:%n",
        description = "Look at what is registered in the Model Registry.",
        subcommands = {ModelCommand.ListThem.class, ModelCommand.Show.class})
final class ModelCommand extends CommandGroup {
    /** What both have in common: waiting is told, results are not mixed with it. */
    abstract static class ModelSubcommand extends Subcommand {
        ModelSubcommand(Screen screen) {
            super(screen);
        }

        Installed installed() {
            return Installed.of(
                    common.name, surroundings(common.json() ? Progress.silent() : new ProgressLines(screen)));
        }
    }

    @Command(name = "list", description = "List the registered models and their versions.")
    static final class ListThem extends ModelSubcommand {
        ListThem(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            try (Installed installed = installed()) {
                List<ModelReader.Summary> models = ModelReader.of(installed).list();
                if (common.json()) {
                    screen.output()
                            .println(JsonText.pretty(
                                    models.stream().map(ModelPrinter::asMap).toList()));
                } else {
                    new ModelPrinter(screen, common.commands()).print(models);
                }
            }
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Show a registered model: versions, artifacts, and which run of which pipeline made them.",
            footerHeading = "%nExamples:%n",
            footer = {"  kfmr model show kfmr-demo", "  kfmr model show kfmr-demo -o json | jq '.versions[0]'"})
    static final class Show extends ModelSubcommand {
        @Parameters(paramLabel = "NAME", description = "The registered model's name.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String name;

        Show(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            try (Installed installed = installed()) {
                ModelReport report = ModelReader.of(installed).show(name);
                if (common.json()) {
                    screen.output().println(JsonText.pretty(ModelPrinter.asMap(report)));
                } else {
                    new ModelPrinter(screen, common.commands()).print(report);
                }
            }
            return 0;
        }
    }
}
