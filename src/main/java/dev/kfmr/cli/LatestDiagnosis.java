package dev.kfmr.cli;

import dev.kfmr.doctor.Diagnosis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** What doctor found when it looked last, for what shows it again and again: it looks anew when it is asked for and old. */
final class LatestDiagnosis {
    private final Supplier<Diagnosis> look;
    private final Duration goodFor;
    private final Clock clock;
    private final Executor background;
    private Optional<Seen> seen = Optional.empty();
    private Instant due = Instant.MIN;
    private boolean isLooking;

    LatestDiagnosis(Supplier<Diagnosis> look, Duration goodFor) {
        this(look, goodFor, Clock.systemUTC(), LatestDiagnosis::start);
    }

    LatestDiagnosis(Supplier<Diagnosis> look, Duration goodFor, Clock clock, Executor background) {
        this.look = look;
        this.goodFor = goodFor;
        this.clock = clock;
        this.background = background;
    }

    /** @param failure why it could not look; empty when it did */
    record Seen(Instant at, Diagnosis diagnosis, String failure) {}

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "kfmr-doctor-look");
        thread.setDaemon(true);
        thread.start();
    }

    /** At once, while another look is on its way if that is due; empty before the first one. */
    synchronized Optional<Seen> get() {
        if (!isLooking && !due.isAfter(clock.instant())) {
            isLooking = true;
            background.execute(this::renew);
        }
        return seen;
    }

    private void renew() {
        Seen found;
        try {
            Diagnosis diagnosis = look.get();
            found = new Seen(clock.instant(), diagnosis, "");
        } catch (RuntimeException e) {
            found = new Seen(clock.instant(), Diagnosis.NONE, String.valueOf(e.getMessage()));
        }
        synchronized (this) {
            seen = Optional.of(found);
            due = found.at().plus(goodFor);
            isLooking = false;
        }
    }
}
