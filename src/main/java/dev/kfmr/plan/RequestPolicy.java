package dev.kfmr.plan;

/** What becomes of the CPU requests that upstream asks for. */
public enum RequestPolicy {
    /** Lowered when the machine cannot hold their sum. */
    AUTO,
    /** Kept: a machine that cannot hold them is refused. */
    UPSTREAM,
    /** Always lowered. */
    LOWERED
}
