package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells causes from what follows from them, so that one fault is named once. Pure. */
final class Consequences {
    private Consequences() {}

    static List<Fault> marked(List<Fault> faults) {
        Set<String> causes = faults.stream()
                .map(Fault::finding)
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(finding -> finding.id())
                .collect(Collectors.toSet());
        List<Fault> marked = faults.stream().map(fault -> marked(fault, causes)).toList();
        return IntStream.range(0, faults.size())
                .mapToObj(each -> raised(marked.get(each), faults, marked))
                .toList();
    }

    private static Fault marked(Fault fault, Set<String> causes) {
        return CheckCatalogue.shipped().get(fault.finding().id()).followsFrom().stream()
                .filter(causes::contains)
                .findFirst()
                .map(fault::asConsequenceOf)
                .orElse(fault);
    }

    /**
     * A cause matters as much as the worst that follows from it, be it by way of others: what it was found with alone may
     * be a warning.
     */
    private static Fault raised(Fault fault, List<Fault> found, List<Fault> marked) {
        if (!fault.followsFrom().isEmpty()) {
            return fault;
        }
        Set<String> reached = reached(fault.finding().id(), marked);
        return IntStream.range(0, found.size())
                .filter(each -> reached.contains(marked.get(each).followsFrom()))
                .mapToObj(each -> found.get(each).finding().severity())
                .min(Comparator.naturalOrder())
                .filter(worst -> worst.compareTo(fault.finding().severity()) < 0)
                .map(worst -> new Fault(fault.finding().withSeverity(worst), fault.followsFrom(), fault.fixes()))
                .orElse(fault);
    }

    /** The id, and those of all that follows from it. */
    private static Set<String> reached(String id, List<Fault> marked) {
        Set<String> reached = new HashSet<>(Set.of(id));
        boolean isGrowing = true;
        while (isGrowing) {
            isGrowing = reached.addAll(marked.stream()
                    .filter(fault -> reached.contains(fault.followsFrom()))
                    .map(fault -> fault.finding().id())
                    .toList());
        }
        return reached;
    }
}
