package dev.kfmr.core;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What became of work on another thread, for who waits for it. */
public final class Outcome {
    private Outcome() {}

    /**
     * Waits for it.
     *
     * @param doing what for, when it is interrupted: {@code rendering}
     * @throws KfmrException exit 130 when interrupted
     * @throws RuntimeException the one that the work itself failed with
     */
    public static <T> T of(Future<T> work, String doing) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            throw KfmrException.interrupted(doing);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(doing, e.getCause());
        }
    }
}
