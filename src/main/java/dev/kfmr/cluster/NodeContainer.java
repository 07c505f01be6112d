package dev.kfmr.cluster;

/**
 * The container that a node of a kind cluster is.
 *
 * @param state as the engine says: {@code running}, {@code exited}, {@code paused}, …
 */
public record NodeContainer(String name, String state) {
    public boolean isRunning() {
        return state.equals("running");
    }

    public boolean isPaused() {
        return state.equals("paused");
    }
}
