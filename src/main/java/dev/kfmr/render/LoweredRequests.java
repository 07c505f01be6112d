package dev.kfmr.render;

import dev.kfmr.plan.ComputeResource;

/**
 * How far requests are lowered: {@code docs/decisions/0010-lowered-requests.md} says why so far. Limits stay, and no
 * request is raised.
 */
final class LoweredRequests {
    /** Lowered requests for CPU still order pods by weight: CPU that is short makes slow, and nothing else. */
    private static final int CPU_PART = 10;

    private static final int LEAST_CPU_MILLI = 5;

    /** What programs really take, as users measured: half of what upstream reserves for all (kubeflow/kubeflow#7420). */
    private static final int MEMORY_PART = 2;

    /** What asks for no more than this is left: a sidecar, or a small server in Go, uses what it asks for. */
    private static final int LEAST_MEMORY_MIB = 64;

    private LoweredRequests() {}

    /** In the resource's unit; never more than what was asked. */
    static int of(ComputeResource resource, int asked) {
        return switch (resource) {
            case CPU -> lowered(asked, CPU_PART, LEAST_CPU_MILLI);
            case MEMORY -> lowered(asked, MEMORY_PART, LEAST_MEMORY_MIB);
        };
    }

    private static int lowered(int asked, int part, int least) {
        return asked <= least ? asked : Math.max(least, asked / part);
    }
}
