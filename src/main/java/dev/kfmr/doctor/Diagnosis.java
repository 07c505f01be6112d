package dev.kfmr.doctor;

import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * What doctor found.
 *
 * @param findings faults first
 * @param unread what could not be looked at, and why: a line each
 */
public record Diagnosis(List<Finding> findings, List<String> unread) {
    public Diagnosis {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
        unread = List.copyOf(unread);
    }

    /** Nothing is known to be wrong, and everything could be looked at. */
    public boolean isHealthy() {
        return unread.isEmpty() && findings.stream().noneMatch(finding -> finding.severity() == Severity.FAILURE);
    }
}
