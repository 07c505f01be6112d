package dev.kfmr.check;

import java.util.Locale;

/** What a check looks at, from the machine up: the part of its id before the dot. */
public enum CheckGroup {
    HOST("This machine"),
    ENGINE("Container engine"),
    NODE("Node"),
    CLUSTER("Cluster"),
    WORKLOAD("Workloads"),
    FUNCTION("What it is for"),
    LOGIN("The login");

    private final String title;

    CheckGroup(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** As it is typed, and stands in ids: {@code host}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an id of another form: a bug in the data */
    static CheckGroup of(String checkId) {
        return valueOf(checkId.substring(0, Math.max(0, checkId.indexOf('.'))).toUpperCase(Locale.ROOT));
    }
}
