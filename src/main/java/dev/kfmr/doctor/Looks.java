package dev.kfmr.doctor;

import dev.kfmr.apply.Refusal;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks that run side by side, each with its own deadline. One that hangs or throws is unread, and takes no other along.
 * Closing ends those that still run.
 */
final class Looks implements AutoCloseable {
    private final ExecutorService threads;
    private final List<Unread> unread = new ArrayList<>();

    Looks() {
        this(Executors.newCachedThreadPool(Looks::daemon));
    }

    private Looks(ExecutorService threads) {
        this.threads = threads;
    }

    /** With at most so many at a time; the time of those that wait for their turn runs. */
    static Looks sideBySide(int most) {
        return new Looks(Executors.newFixedThreadPool(most, Looks::daemon));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "kfmr-look");
        thread.setDaemon(true);
        return thread;
    }

    /** One that runs. Its time began when it was started. */
    final class Pending<T> {
        private final String what;
        private final Deadline deadline;
        private final Future<T> future;

        private Pending(String what, Duration limit, Callable<T> look) {
            this.what = what;
            this.deadline = Deadline.in(limit);
            this.future = threads.submit(look);
        }

        /** Empty when it could not look: then it stands among the unread. @throws KfmrException exit 130 */
        Optional<T> result() {
            try {
                return Optional.of(future.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                throw KfmrException.interrupted("looking at " + what);
            } catch (TimeoutException e) {
                future.cancel(true);
                return unread("no answer within " + deadline.limit().toSeconds() + " s");
            } catch (ExecutionException e) {
                return unread(reason(e.getCause() == null ? e : e.getCause()));
            }
        }

        private Optional<T> unread(String why) {
            unread.add(new Unread(what, why));
            return Optional.empty();
        }
    }

    private static String reason(Throwable cause) {
        return words(cause).lines().findFirst().orElse("").strip();
    }

    private static String words(Throwable cause) {
        if (cause instanceof KfmrException known) {
            return known.what() + " " + known.why();
        }
        return cause instanceof KubernetesClientException refused
                ? Refusal.of(refused).words()
                : String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    }

    /** @param what is looked at, for people: {@code the nodes} */
    <T> Pending<T> start(String what, Duration limit, Callable<T> look) {
        return new Pending<>(what, limit, look);
    }

    void couldNotLook(String what, String why) {
        unread.add(new Unread(what, why));
    }

    /** What could not be looked at so far. */
    List<Unread> unread() {
        return List.copyOf(unread);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
