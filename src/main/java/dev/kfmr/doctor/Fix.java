package dev.kfmr.doctor;

/**
 * A change that mends a fault: within kfmr's own cluster, kfmr's own entries of the user's kubeconfig, and kfmr's own file
 * of settings of this machine.
 *
 * @param command the same by hand, as it is shown before anybody consents
 */
public record Fix(String command, Change change) {
    /** What is done. */
    @FunctionalInterface
    public interface Change {
        void apply(Reach reach);
    }
}
