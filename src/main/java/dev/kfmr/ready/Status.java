package dev.kfmr.ready;

/**
 * How far one object is from what its specification asks for.
 *
 * @param message for people: what is still missing, or what it became; short, no full stop
 */
public record Status(State state, String message) {
    /** The three answers of kstatus that matter here. */
    public enum State {
        /** It is as its specification says. */
        CURRENT,
        /** It is on its way, or nothing speaks against it. */
        IN_PROGRESS,
        /** Kubernetes says that it failed. It may still come: a crash loop during start-up often does. */
        FAILED
    }

    static Status current(String message) {
        return new Status(State.CURRENT, message);
    }

    static Status inProgress(String message) {
        return new Status(State.IN_PROGRESS, message);
    }

    static Status failed(String message) {
        return new Status(State.FAILED, message);
    }

    public boolean isCurrent() {
        return state == State.CURRENT;
    }
}
