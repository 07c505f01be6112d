package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What doctor found.
 *
 * @param faults the worst first, then from the machine up
 */
public record Diagnosis(List<Fault> faults, List<Unread> unread) {
    /** Nothing was looked at. */
    public static final Diagnosis NONE = new Diagnosis(List.of(), List.of());

    public Diagnosis {
        faults = faults.stream()
                .sorted(Comparator.comparing((Fault fault) -> fault.finding().severity())
                        .thenComparing(fault -> CheckCatalogue.shipped()
                                .get(fault.finding().id())
                                .group()))
                .toList();
        unread = List.copyOf(unread);
    }

    /** With consequences told from causes. */
    static Diagnosis of(List<Fault> faults, List<Unread> unread) {
        return new Diagnosis(Consequences.marked(faults), unread);
    }

    /** The findings of these checks only. */
    Diagnosis of(Set<String> ids) {
        return new Diagnosis(
                faults.stream()
                        .filter(fault -> ids.contains(fault.finding().id()))
                        .toList(),
                unread);
    }

    /** All changes that mend something, each once, from the machine up. */
    public List<Fix> fixes() {
        Map<String, Fix> byCommand = new LinkedHashMap<>();
        faults.forEach(fault -> fault.fixes().forEach(fix -> byCommand.putIfAbsent(fix.command(), fix)));
        return List.copyOf(byCommand.values());
    }

    /** Ids of what such a change mends. */
    public Set<String> fixable() {
        return faults.stream()
                .filter(fault -> !fault.fixes().isEmpty())
                .map(fault -> fault.finding().id())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one of these checks found something that matters. */
    public boolean hasAnyOf(Set<String> ids) {
        return causes().stream().anyMatch(finding -> ids.contains(finding.id()));
    }

    /** What matters, and follows from nothing else that was found. */
    public List<Finding> causes() {
        return findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
    }

    public List<Finding> findings() {
        return faults.stream().map(Fault::finding).toList();
    }

    /** Nothing is known to be wrong, and everything could be looked at. */
    public boolean isHealthy() {
        return unread.isEmpty() && findings().stream().noneMatch(finding -> finding.severity() == Severity.FAILURE);
    }
}
