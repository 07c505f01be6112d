package dev.kfmr.plan;

import java.util.Set;

/**
 * What an installation asks of a machine, sidecars that are added to its pods included.
 *
 * @param upstream with the requests that upstream has
 * @param lowered with all of them lowered: less than this is not enough
 */
public record RequestSums(MachineNeeds upstream, MachineNeeds lowered) {
    /** Of an installation that lowers these. In the resource's unit. */
    public int of(ComputeResource resource, Set<ComputeResource> isLowered) {
        return (isLowered.contains(resource) ? lowered : upstream).of(resource);
    }
}
