package dev.kfmr.install;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.doctor.WorkloadFinding;
import dev.kfmr.install.ComponentReadiness.Item;
import dev.kfmr.ready.PodExplanation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The error that names every object that is not ready, why, and what to do about it. */
final class NotReady {
    private NotReady() {}

    /**
     * @param components as they are at the end
     * @param findings what doctor says of workloads
     */
    static KfmrException error(List<ComponentReadiness> components, WorkloadFinding findings, String when) {
        List<ComponentReadiness> unready =
                components.stream().filter(component -> !component.isReady()).toList();
        List<Item> items = unready.stream()
                .flatMap(component -> component.unready().stream())
                .toList();
        long total = components.stream()
                .mapToLong(component -> component.items().size())
                .sum();
        return new KfmrException(
                ExitCode.NOT_READY,
                "not-ready",
                items.size() + " of " + total + " objects are not ready " + when + ".",
                unready.stream().flatMap(NotReady::lines).collect(Collectors.joining("\n")),
                Stream.concat(
                                items.stream().flatMap(item -> nextStep(item, findings).stream()),
                                Stream.of("Run the same command again: it goes on from here."))
                        .distinct()
                        .collect(Collectors.joining("\n")));
    }

    private static Optional<String> nextStep(Item item, WorkloadFinding findings) {
        return item.report().map(report -> findings.of(report).remedy()).or(item::nextStep);
    }

    private static Stream<String> lines(ComponentReadiness component) {
        if (!component.isApplied()) {
            return Stream.of(component.name() + ": not applied, since what it comes after is not ready");
        }
        return component.unready().stream().flatMap(NotReady::lines);
    }

    private static Stream<String> lines(Item item) {
        return Stream.concat(
                Stream.of(item.id() + ": " + withoutName(item)),
                Stream.concat(
                                item.explanation().stream().flatMap(explanation -> explanation.log().stream()),
                                item.log().stream())
                        .map(line -> "    " + line));
    }

    private static String withoutName(Item item) {
        return item.explanation().map(PodExplanation::text).orElseGet(item::waiting);
    }
}
