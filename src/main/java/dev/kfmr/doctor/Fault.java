package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.core.KfmrException;
import java.util.List;
import java.util.Map;

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

    /** Of an error whose code is a check's, and whose texts say more than the catalogue's. */
    static Fault of(KfmrException error) {
        return of(CheckCatalogue.shipped()
                .get(error.code())
                .found(Map.of("what", error.what(), "evidence", error.why()))
                .withRemedy(error.remedy()));
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
