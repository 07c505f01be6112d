package dev.kfmr.check;

import dev.kfmr.engine.EngineFacts;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import java.util.EnumSet;
import java.util.Set;

/**
 * What becomes of the requests of an installation on one machine.
 *
 * @param lowered what requests are lowered of; the others are left as upstream has them
 * @param missing what there is too little of even then: nothing is created
 */
public record FitDecision(Set<ComputeResource> lowered, Set<ComputeResource> missing) {
    /**
     * What Kubernetes' own pods on a kind node ask for: 950m, as measured, and 290 MiB; the programs of the node that
     * ask for nothing (kubelet, containerd, API server) use about as much memory again.
     */
    public static final MachineNeeds KUBERNETES = new MachineNeeds(950, 600, 9);

    public FitDecision {
        lowered = Set.copyOf(lowered);
        missing = Set.copyOf(missing);
    }

    /** @param sums of the installation alone */
    public static FitDecision decide(RequestPolicy policy, RequestSums sums, EngineFacts engine) {
        return decide(
                policy,
                sums,
                engine.cpus() * 1000 - KUBERNETES.cpuMilli(),
                engine.memoryMib() - KUBERNETES.memoryMib());
    }

    /**
     * @param freeMilli what there is for the installation, in thousandths of a core
     * @param freeMib what there is for the installation
     */
    public static FitDecision decide(RequestPolicy policy, RequestSums sums, int freeMilli, int freeMib) {
        Set<ComputeResource> lowered = EnumSet.noneOf(ComputeResource.class);
        Set<ComputeResource> missing = EnumSet.noneOf(ComputeResource.class);
        for (ComputeResource resource : ComputeResource.values()) {
            int free =
                    switch (resource) {
                        case CPU -> freeMilli;
                        case MEMORY -> freeMib;
                    };
            boolean lower =
                    switch (policy) {
                        case LOWERED -> true;
                        case AUTO -> sums.upstream().of(resource) > free;
                        case UPSTREAM -> false;
                    };
            if (lower) {
                lowered.add(resource);
            }
            if (sums.of(resource, lowered) > free) {
                missing.add(resource);
            }
        }
        return new FitDecision(lowered, missing);
    }
}
