package dev.kfmr.pipelines;

import java.util.Locale;

/** How a run, or a task of it, is. */
public enum RunState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    SKIPPED,
    FAILED,
    CANCELING,
    CANCELED,
    PAUSED,
    /** None was told, or one that this kfmr does not know. */
    UNKNOWN;

    static RunState of(String word) {
        for (RunState state : values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    /** Whether it stays so. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == SKIPPED || this == FAILED || this == CANCELED;
    }

    public boolean isGood() {
        return this == SUCCEEDED || this == SKIPPED;
    }

    /** For people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
