package dev.kfmr.doctor;

import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import java.util.List;

/**
 * A finding, and what mends it.
 *
 * @param followsFrom id of the check whose finding is its cause; empty where it is a cause itself
 * @param fixes in the order in which they are done; empty where a person must act
 */
public record Fault(Finding finding, String followsFrom, List<Fix> fixes) {
    public Fault {
        fixes = List.copyOf(fixes);
    }

    static Fault of(Finding finding) {
        return new Fault(finding, "", List.of());
    }

    static Fault of(Finding finding, Fix fix) {
        return new Fault(finding, "", List.of(fix));
    }

    /** The same for a person to mend. */
    Fault withoutFix() {
        return new Fault(finding, followsFrom, List.of());
    }

    /** Only a note, and nothing to mend: it goes with its cause. */
    Fault asConsequenceOf(String cause) {
        return new Fault(finding.withSeverity(Severity.NOTE), cause, List.of());
    }
}
