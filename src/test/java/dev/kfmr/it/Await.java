package dev.kfmr.it;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for something of the real world, with a deadline. */
public final class Await {
    private static final long PAUSE_MILLIS = 200;

    private Await() {}

    /** The first answer that is there; fails when the time is up. */
    public static <T> T until(Duration limit, Supplier<Optional<T>> look) {
        CompletableFuture<T> found = new CompletableFuture<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            clock.scheduleWithFixedDelay(() -> tryOnce(look, found), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            return found.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("not within " + limit, e);
        } finally {
            clock.shutdownNow();
        }
    }

    private static <T> void tryOnce(Supplier<Optional<T>> look, CompletableFuture<T> found) {
        try {
            look.get().ifPresent(found::complete);
        } catch (RuntimeException e) {
            found.completeExceptionally(e);
        }
    }
}
