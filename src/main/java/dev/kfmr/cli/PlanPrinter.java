package dev.kfmr.cli;

import dev.kfmr.check.FitDecision;
import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Choice;
import dev.kfmr.install.Choices;
import dev.kfmr.install.Preparation;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import dev.kfmr.profile.Patch;
import dev.kfmr.profile.Source;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a plan: components in order, where each comes from, which patches apply and why. */
final class PlanPrinter {
    private final Screen screen;

    PlanPrinter(Screen screen) {
        this.screen = screen;
    }

    int print(PlannedCommand command) {
        var surroundings = command.surroundings(Progress.silent());
        Choice choice = Choices.of(surroundings, command.common.name, command.asked());
        Plan plan = new Preparation(surroundings).plan(choice);
        if (command.common.json()) {
            Map<String, Object> map = asMap(plan);
            map.put("requestPolicy", choice.requests().key());
            screen.output().println(JsonText.pretty(map));
        } else {
            printText(plan, choice.requests());
        }
        return 0;
    }

    void printText(Plan plan, RequestPolicy policy) {
        var out = screen.output();
        out.println(screen.paint(Tone.STRONG, plan.profile().title()) + " ("
                + plan.profile().name() + "), release set " + plan.pins().release());
        out.println();
        out.println("Sources");
        plan.sources()
                .forEach(source -> out.printf(
                        "  %-16s %-10s %s  %s%n",
                        source.name(),
                        source.tag(),
                        source.commit().substring(0, 12),
                        source.urls().get(0)));
        plan.directories().forEach((name, directory) -> out.printf("  %-16s %s%n", name, directory));
        out.println();
        out.println("Components, in the order in which they are applied");
        plan.components().forEach(this::printComponent);
        plan.leftOut()
                .forEach((name, reason) -> out.println("  " + screen.paint(Tone.DIM, name + ": left out, " + reason)));
        plan.images().forEach((from, to) -> out.println("  healed before: " + from + " -> " + to));
        printRequests(plan.requests(), policy);
    }

    /** Nothing where the release set, a user's own, does not say what its pods ask for. */
    private void printRequests(RequestSums sums, RequestPolicy policy) {
        if (sums.upstream().pods() == 0) {
            return;
        }
        String lowered = amounts(sums.lowered());
        String then =
                switch (policy) {
                    case UPSTREAM -> "A machine that cannot hold that is refused";
                    case LOWERED -> "They are lowered to " + lowered;
                    case AUTO -> "What the machine cannot hold, CPU or memory, is lowered, to " + lowered;
                };
        var out = screen.output();
        out.println();
        out.println("Requests, beside Kubernetes' own " + amounts(FitDecision.KUBERNETES));
        out.println("  " + sums.upstream().pods() + " pods ask for " + amounts(sums.upstream()));
        out.println("  " + then + "  (--requests " + policy.key() + ")");
    }

    private static String amounts(MachineNeeds needs) {
        return Arrays.stream(ComputeResource.values())
                .map(resource -> resource.quantity(needs.of(resource)) + " " + resource.title())
                .collect(Collectors.joining(" and "));
    }

    private void printComponent(PlannedComponent component) {
        var out = screen.output();
        out.println("  " + screen.paint(Tone.STRONG, component.name()) + "  "
                + component.spec().title());
        out.println("      " + component.at().source() + ": " + component.at().path()
                + (component.spec().after().isEmpty()
                        ? ""
                        : "  after " + String.join(", ", component.spec().after())));
        for (Patch patch : component.patches()) {
            out.println("      patch " + patch.id() + ": " + patch.reason()
                    + (patch.thread().isEmpty() ? "" : " (" + patch.thread() + ")"));
            patch.images().forEach((from, to) -> out.println("          " + from + " -> " + to));
        }
    }

    static Map<String, Object> asMap(Plan plan) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("profile", plan.profile().name());
        map.put("release", plan.pins().release());
        map.put("sources", plan.sources().stream().map(PlanPrinter::asMap).toList());
        map.put("components", plan.components().stream().map(PlanPrinter::asMap).toList());
        map.put("leftOut", plan.leftOut());
        map.put("images", plan.images());
        map.put("requests", asMap(plan.requests()));
        return map;
    }

    private static Map<String, Object> asMap(RequestSums requests) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pods", requests.upstream().pods());
        map.put("upstream", asMap(requests.upstream()));
        map.put("lowered", asMap(requests.lowered()));
        return map;
    }

    private static Map<String, Object> asMap(MachineNeeds needs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (ComputeResource resource : ComputeResource.values()) {
            map.put(resource.key(), resource.quantity(needs.of(resource)));
        }
        return map;
    }

    private static Map<String, Object> asMap(Source source) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", source.name());
        map.put("tag", source.tag());
        map.put("commit", source.commit());
        map.put("url", source.urls().get(0).toString());
        return map;
    }

    private static Map<String, Object> asMap(PlannedComponent component) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", component.name());
        map.put("title", component.spec().title());
        map.put("source", component.at().source());
        map.put("path", component.at().path());
        map.put("namespace", component.spec().namespace());
        map.put("after", component.spec().after());
        map.put("patches", component.patches().stream().map(PlanPrinter::asMap).toList());
        return map;
    }

    private static Map<String, Object> asMap(Patch patch) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", patch.id());
        map.put("reason", patch.reason());
        map.put("thread", patch.thread());
        map.put("images", patch.images());
        map.put("target", patch.target());
        return map;
    }
}
