package dev.kfmr.core;

/** What the process answers to its caller. Scripts rely on these numbers. */
public enum ExitCode {
    OK(0),
    /** A fault of kfmr itself: the only one that prints a stack trace unasked. */
    BUG(1),
    /** A wrong option, profile or pins file. */
    USAGE(2),
    /** Something on this machine: engine, memory, port, tool. */
    ENVIRONMENT(3),
    /** Something upstream: pin, network, image. */
    UPSTREAM(4),
    /** The deadline passed before everything was ready. */
    NOT_READY(5),
    /** Ctrl-C, or a signal. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
