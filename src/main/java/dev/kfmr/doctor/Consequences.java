package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells causes from what follows from them, so that one fault is named once. Pure. */
final class Consequences {
    private Consequences() {}

    static List<Fault> marked(List<Fault> faults) {
        Set<String> causes = faults.stream()
                .map(Fault::finding)
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(finding -> finding.id())
                .collect(Collectors.toSet());
        return faults.stream().map(fault -> marked(fault, causes)).toList();
    }

    private static Fault marked(Fault fault, Set<String> causes) {
        return CheckCatalogue.shipped().get(fault.finding().id()).followsFrom().stream()
                .filter(causes::contains)
                .findFirst()
                .map(fault::asConsequenceOf)
                .orElse(fault);
    }
}
