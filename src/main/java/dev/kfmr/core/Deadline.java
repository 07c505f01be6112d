package dev.kfmr.core;

import java.time.Duration;

/** A moment by which something must have happened, on the clock that never jumps. */
public final class Deadline {
    private final long endNanos;
    private final Duration limit;

    private Deadline(Duration limit) {
        this.limit = limit;
        this.endNanos = System.nanoTime() + limit.toNanos();
    }

    public static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    /** The shorter of what is left and {@code limit}: a step's own limit within the whole. */
    public Deadline within(Duration step) {
        Duration left = left();
        return in(left.compareTo(step) < 0 ? left : step);
    }

    /** Never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    public boolean passed() {
        return endNanos - System.nanoTime() <= 0;
    }

    /** The time that was given at the start. */
    public Duration limit() {
        return limit;
    }

    /** Sleeps, but not past the deadline. @throws KfmrException exit 130 when interrupted */
    public void sleep(Duration pause, String during) {
        try {
            Thread.sleep(Math.min(pause.toMillis(), left().toMillis()));
        } catch (InterruptedException e) {
            throw KfmrException.interrupted(during);
        }
    }
}
