package dev.kfmr.forward;

/** What a node holds of one tunnel. */
interface NodeEnd {
    boolean isOf(String pod);

    /** As when the pod is killed in the middle of a connection. */
    void cut();
}
