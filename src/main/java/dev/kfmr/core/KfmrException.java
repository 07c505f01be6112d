package dev.kfmr.core;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can understand: what happened, why, and what to do. The message is the first part; the other
 * two may hold several lines. The code is stable, of the form {@code area.fault}, for scripts and for searching.
 */
public final class KfmrException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String code;
    private final String why;
    private final String remedy;

    public KfmrException(ExitCode exitCode, String code, String what, String why, String remedy) {
        this(exitCode, code, what, why, remedy, null);
    }

    public KfmrException(
            ExitCode exitCode, String code, String what, String why, String remedy, @Nullable Throwable cause) {
        super(what, cause);
        this.exitCode = exitCode;
        this.code = code;
        this.why = why;
        this.remedy = remedy;
    }

    /** For an {@link InterruptedException} that was caught: the thread's flag is set again. */
    public static KfmrException interrupted(String during) {
        Thread.currentThread().interrupt();
        return new KfmrException(
                ExitCode.INTERRUPTED,
                "interrupted",
                "Interrupted while " + during + ".",
                "A signal asked kfmr to stop.",
                "Run the same command again: it goes on from where it was.");
    }

    /** Whether this, or the thread that asks, was asked to stop. */
    public boolean isInterrupt() {
        return exitCode == ExitCode.INTERRUPTED;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String code() {
        return code;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String why() {
        return why;
    }

    public String remedy() {
        return remedy;
    }
}
