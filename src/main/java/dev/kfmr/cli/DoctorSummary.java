package dev.kfmr.cli;

import dev.kfmr.check.Finding;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Doctor's findings in a line, for a page that is looked at now and then. */
final class DoctorSummary implements Supplier<String> {
    static final Duration GOOD_FOR = Duration.ofMinutes(5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final LatestDiagnosis latest;

    DoctorSummary(LatestDiagnosis latest) {
        this.latest = latest;
    }

    /** Empty before the first look has ended. */
    @Override
    public String get() {
        return latest.get().map(DoctorSummary::line).orElse("");
    }

    private static String line(LatestDiagnosis.Seen seen) {
        if (!seen.failure().isEmpty()) {
            return "It could not look: " + seen.failure();
        }
        String when = " At " + TIME.format(seen.at().atZone(ZoneId.systemDefault())) + "; more: kfmr doctor";
        List<Finding> found = seen.diagnosis().causes();
        return found.isEmpty()
                ? "It found nothing wrong." + when
                : found.stream().map(Finding::what).collect(Collectors.joining(" ")) + when;
    }
}
