package dev.kfmr.cluster;

/** What there is of a kind cluster of some name. */
public enum ClusterState {
    ABSENT,
    /** It is there, and kfmr did not make it. */
    FOREIGN,
    /** kfmr began to make it and did not come to an end. */
    UNFINISHED,
    /** It is whole, but a node's container does not run. */
    STOPPED,
    /** Its node containers run; whether the API server answers is another matter. */
    RUNNING
}
