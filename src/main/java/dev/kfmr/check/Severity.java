package dev.kfmr.check;

/** How much a finding matters. */
public enum Severity {
    /** It will not work: nothing is created. */
    FAILURE,
    /** It may not work. */
    WARNING,
    /** Something that is different from what one would expect, and does no harm. */
    NOTE
}
