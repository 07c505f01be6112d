package dev.kfmr.forward;

/** A way for one TCP connection of this machine to one port of one pod. It is open: nothing was carried yet. */
interface Tunnel {
    enum Outcome {
        /** One of the two ends closed, in order. */
        CLOSED,
        /** The node says that it could not reach the pod's port, or lost it. */
        POD_ERROR,
        /** The connection to Kubernetes broke. */
        LOST
    }

    /** How it ended, and what was said about it. */
    record End(Outcome outcome, String text) {
        static final End CLOSED = new End(Outcome.CLOSED, "");
    }

    /** Carries bytes until one end closes. The client's socket is closed afterwards. To be called once. */
    End carry();
}
