package dev.kfmr.forward;

/** What forwards tell while they are open. Called from many threads. */
public interface ForwardEvents {
    /** A forward came into another state, or its reason changed. The first call for each says its port. */
    void changed(ForwardStatus status);

    /** One connection was cut short: what the node or the API server said. The forward itself goes on. */
    void connectionFailed(String forward, String why);

    /** Something that the user should know, and that stops nothing. */
    void warning(String text);

    static ForwardEvents silent() {
        return new ForwardEvents() {
            @Override
            public void changed(ForwardStatus status) {}

            @Override
            public void connectionFailed(String forward, String why) {}

            @Override
            public void warning(String text) {}
        };
    }
}
