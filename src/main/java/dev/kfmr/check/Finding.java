package dev.kfmr.check;

/**
 * Something that a check found.
 *
 * @param id of the check, stable, such as {@code host.inotify}
 * @param what one sentence: what is wrong
 * @param evidence what was read or measured, and where
 * @param why what it leads to; may be empty
 * @param remedy what to do; may hold several lines; empty where there is nothing to do
 * @param thread where users met it, a URL; empty where there is none
 */
public record Finding(
        String id, Severity severity, String what, String evidence, String why, String remedy, String thread) {
    /** This with a remedy that knows more than the check's own. */
    public Finding withRemedy(String better) {
        return new Finding(id, severity, what, evidence, why, better, thread);
    }

    public Finding withSeverity(Severity other) {
        return new Finding(id, other, what, evidence, why, remedy, thread);
    }
}
