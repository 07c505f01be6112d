package dev.kfmr.check;

import java.util.Optional;

/**
 * How much of inotify a user of this machine may have; all nodes share it with everything else that runs here.
 *
 * @param instances {@code fs.inotify.max_user_instances}
 * @param watches {@code fs.inotify.max_user_watches}
 */
public record InotifyLimits(long instances, long watches) {
    private static final InotifyLimits ENOUGH = new InotifyLimits(512, 524_288);
    private static final InotifyLimits LEAST = new InotifyLimits(128, 8192);

    /** Empty where this machine has none, or does not tell. */
    public static Optional<InotifyLimits> of(HostFacts host) {
        return host.inotifyInstances().isPresent() && host.inotifyWatches().isPresent()
                ? Optional.of(new InotifyLimits(
                        host.inotifyInstances().getAsLong(),
                        host.inotifyWatches().getAsLong()))
                : Optional.empty();
    }

    boolean areEnough() {
        return instances >= ENOUGH.instances && watches >= ENOUGH.watches;
    }

    boolean areHopeless() {
        return instances < LEAST.instances || watches < LEAST.watches;
    }

    /** What they should be: what is higher already stays. */
    public InotifyLimits enough() {
        return new InotifyLimits(Math.max(instances, ENOUGH.instances), Math.max(watches, ENOUGH.watches));
    }
}
