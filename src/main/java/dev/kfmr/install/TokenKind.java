package dev.kfmr.install;

/** What sort of token runs get for the Model Registry. */
public enum TokenKind {
    /** Ends by itself, and with the Secret that it is bound to; renewed in time. */
    BOUND,
    /** Never ends: whoever has it once has it until the Secret is deleted. */
    LONG_LIVED,
    /** As it is; bound where there is none. */
    AS_IT_IS
}
