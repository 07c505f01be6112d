package dev.kfmr.plan;

/**
 * What the rendered objects of a plan ask of the machine, Kubernetes' own pods not counted.
 *
 * @param cpuMilli sum of CPU requests, in thousandths of a core
 * @param memoryMib sum of memory requests
 * @param pods how many pods they make
 */
public record MachineNeeds(int cpuMilli, int memoryMib, int pods) {
    /** In the resource's unit. */
    public int of(ComputeResource resource) {
        return switch (resource) {
            case CPU -> cpuMilli;
            case MEMORY -> memoryMib;
        };
    }
}
