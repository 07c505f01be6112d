package dev.kfmr.cli;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Choice;
import dev.kfmr.install.Choices;
import dev.kfmr.install.Preparation;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Planner;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "render",
        description = "Print every object that would be applied, as YAML or as a JSON list. Touches no cluster.",
        footerHeading = "%nExample:%n",
        footer = "  kfmr render --mode standalone > kubeflow.yaml")
final class RenderCommand extends PlannedCommand {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Option(
            names = "--only",
            paramLabel = "COMPONENT,...",
            hideParamSyntax = true,
            split = ",",
            description = "Only the objects of these components.")
    private Set<String> only = new LinkedHashSet<>();

    RenderCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Progress progress = common.json() ? Progress.silent() : Printers.progress(screen, common);
        List<Manifest> objects;
        try {
            var surroundings = surroundings(progress);
            Preparation preparation = new Preparation(surroundings);
            Choice choice = Choices.of(surroundings, common.name, asked());
            Planner.requireKnown(preparation.plan(choice).profile(), only);
            Prepared prepared = preparation.prepare(choice, Deadline.in(LIMIT));
            boolean lower = prepared.choice().requests() == RequestPolicy.LOWERED;
            Rendered rendered = preparation.render(prepared, lower ? ComputeResource.ALL : Set.of());
            objects = rendered.components().stream()
                    .filter(component -> only.isEmpty() || only.contains(component.name()))
                    .flatMap(component -> component.objects().stream())
                    .toList();
        } finally {
            Printers.close(progress);
        }
        if (common.json()) {
            screen.output()
                    .println(JsonText.pretty(
                            objects.stream().map(Manifest::content).toList()));
        } else {
            objects.forEach(object -> screen.output().print("---\n" + YamlDocuments.write(object.content())));
        }
        return 0;
    }
}
