package dev.kfmr.forward;

import dev.kfmr.core.Deadline;
import java.nio.channels.FileChannel;
import java.time.Duration;

/** That this process is the background process of its environment, until it is closed. */
public final class DetachedHold implements AutoCloseable {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final DetachedForward files;
    private final FileChannel lock;
    private final Thread onExit;

    DetachedHold(DetachedForward files, FileChannel lock) {
        this.files = files;
        this.lock = lock;
        this.onExit = new Thread(() -> files.release(lock), "kfmr-forward-exit");
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Why the background process ends by itself. */
    public enum Reason {
        /** The environment's state directory is gone: {@code kfmr down}, or {@code --stop}. */
        TAKEN_DOWN,
        /** Kubernetes was away for too long. */
        LOST
    }

    /**
     * Writes down the states of the forwards until the environment is gone, or Kubernetes was silent for longer than
     * {@code patience}.
     *
     * @param landingPage empty when there is none
     * @throws dev.kfmr.core.KfmrException exit 130 when interrupted
     */
    public Reason keep(ForwardSupervisor forwards, String landingPage, Duration patience) {
        Deadline never = Deadline.in(FOREVER);
        while (files.isOurs()) {
            if (forwards.silence().compareTo(patience) > 0) {
                return Reason.LOST;
            }
            files.write(new ForwardReport(landingPage, forwards.snapshot()));
            never.sleep(WRITE_EVERY, "forwarding");
        }
        return Reason.TAKEN_DOWN;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook does the work.
            return;
        }
        files.release(lock);
    }
}
