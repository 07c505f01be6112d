package dev.kfmr.plan;

import java.util.Locale;

/** What becomes of the requests for CPU and memory that upstream asks for. */
public enum RequestPolicy {
    /** Those for CPU are lowered when the machine cannot hold their sum, those for memory likewise. */
    AUTO,
    /** Kept: a machine that cannot hold them is refused. */
    UPSTREAM,
    /** Always lowered. */
    LOWERED;

    /** As it is typed and kept: {@code auto}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
