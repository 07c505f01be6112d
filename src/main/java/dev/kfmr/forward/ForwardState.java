package dev.kfmr.forward;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a forward is. */
public enum ForwardState {
    /** It answers. */
    READY("ready"),
    /** Its port is open; nothing is there yet that could answer. */
    WAITING("waiting"),
    /** It answered before, and will again. */
    RECONNECTING("reconnecting");

    private final String word;

    ForwardState(String word) {
        this.word = word;
    }

    /** For people and for JSON. */
    @JsonValue
    public String word() {
        return word;
    }
}
