package dev.kfmr.ready;

/**
 * The last lines of a run's log. That a run said nothing is a clue; that nobody could read it is none.
 *
 * @param isKnown whether it could be read
 */
public record LastLog(boolean isKnown, String text) {
    /** Nobody read it, or could. */
    public static final LastLog UNKNOWN = new LastLog(false, "");

    public static LastLog of(String text) {
        return new LastLog(true, text);
    }

    boolean isEmpty() {
        return isKnown && text.isBlank();
    }
}
