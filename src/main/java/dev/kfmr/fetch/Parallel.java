package dev.kfmr.fetch;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The same for each of a few things side by side; the first failure, an interrupt or the deadline ends all. */
final class Parallel {
    private static final int MOST_THREADS = 8;

    private Parallel() {}

    static <T, R> List<R> map(List<T> items, Function<T, R> work, Deadline deadline, String doing) {
        // Daemons: a read from a socket does not end by an interrupt, and must not keep the process.
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, Math.min(items.size(), MOST_THREADS)), task -> {
                    Thread thread = new Thread(task, "kfmr-fetch");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            List<Future<R>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(threads.submit(() -> work.apply(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS));
            }
            return results;
        } catch (InterruptedException e) {
            throw KfmrException.interrupted(doing);
        } catch (TimeoutException e) {
            throw new KfmrException(
                    ExitCode.UPSTREAM,
                    "source.unreachable",
                    "The time for " + doing + " is up (" + deadline.limit().toSeconds() + " s).",
                    "The network or a server is too slow.",
                    "Run the same command again: what was fetched is kept. A mirror near you may help.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(doing, e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
