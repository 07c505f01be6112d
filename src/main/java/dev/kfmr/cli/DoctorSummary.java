package dev.kfmr.cli;

import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.doctor.Diagnosis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Doctor's findings in a line, for a page that is looked at now and then: looked for anew when it is asked for and old. */
final class DoctorSummary implements Supplier<String> {
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Supplier<Diagnosis> look;
    private final Clock clock;
    private final Executor background;
    private String text = "";
    private Instant lookedAt = Instant.MIN;

    DoctorSummary(Supplier<Diagnosis> look) {
        this(look, Clock.systemUTC(), DoctorSummary::start);
    }

    DoctorSummary(Supplier<Diagnosis> look, Clock clock, Executor background) {
        this.look = look;
        this.clock = clock;
        this.background = background;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "kfmr-doctor-summary");
        thread.setDaemon(true);
        thread.start();
    }

    /** At once: what the last look found, while another one is on its way if that is due. */
    @Override
    public synchronized String get() {
        if (lookedAt.isBefore(clock.instant().minus(GOOD_FOR))) {
            lookedAt = clock.instant();
            background.execute(this::renew);
        }
        return text;
    }

    private void renew() {
        String found;
        try {
            found = line(look.get());
        } catch (RuntimeException e) {
            found = "It could not look: " + e.getMessage();
        }
        synchronized (this) {
            text = found;
        }
    }

    private String line(Diagnosis diagnosis) {
        String when = " At " + TIME.format(clock.instant().atZone(ZoneId.systemDefault())) + "; more: kfmr doctor";
        List<Finding> found = diagnosis.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        return found.isEmpty()
                ? "It found nothing wrong." + when
                : found.stream().map(Finding::what).collect(Collectors.joining(" ")) + when;
    }
}
