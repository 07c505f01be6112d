package dev.kfmr.profile;

/**
 * What the pods of a release's path ask a machine for, sidecars of the mode that uses it included: known before anything
 * is fetched.
 *
 * @param cpuMilli sum of CPU requests, in thousandths of a core, as upstream has them
 * @param memoryMib sum of memory requests, as upstream has them
 * @param loweredCpuMilli the same with requests lowered as far as kfmr lowers them
 * @param loweredMemoryMib likewise
 */
public record PathRequests(int pods, int cpuMilli, int memoryMib, int loweredCpuMilli, int loweredMemoryMib) {
    /** Of a path without pods, or of which nothing is known. */
    public static final PathRequests NONE = new PathRequests(0, 0, 0, 0, 0);
}
