package dev.kfmr.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Work that must be done although this thread is being interrupted: what a Ctrl-C breaks off must be cleared away. */
final class Rollback {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Rollback() {}

    /**
     * Runs it to its end in another thread; an interrupt that comes meanwhile is kept for afterwards.
     *
     * @return whether it came to its end, and in time
     */
    static boolean run(Runnable work) {
        AtomicBoolean done = new AtomicBoolean();
        Thread thread = new Thread(
                () -> {
                    work.run();
                    done.set(true);
                },
                "kfmr-rollback");
        thread.setUncaughtExceptionHandler((dead, failure) -> {
            // What made the rollback necessary is the error to be told; the next run deletes what is left.
        });
        thread.start();
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (thread.isAlive() && System.nanoTime() < end) {
            try {
                thread.join(LIMIT.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return done.get();
    }
}
