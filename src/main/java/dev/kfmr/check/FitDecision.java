package dev.kfmr.check;

import dev.kfmr.engine.EngineFacts;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;

/** What becomes of the CPU requests of an installation on one machine. */
public enum FitDecision {
    /** They are left as upstream has them. */
    KEEP,
    /** They are lowered. */
    LOWER,
    /** They do not fit and must not be lowered: nothing is created. */
    REFUSE;

    /**
     * What Kubernetes' own pods on a kind node ask for: 950m, as measured, and 290 MiB; the programs of the node that
     * ask for nothing (kubelet, containerd, API server) use about as much memory again.
     */
    public static final MachineNeeds KUBERNETES = new MachineNeeds(950, 600, 9);

    /** @param needs of the installation alone, with upstream's requests */
    public static FitDecision decide(RequestPolicy policy, MachineNeeds needs, EngineFacts engine) {
        return decide(policy, KUBERNETES.cpuMilli() + needs.cpuMilli(), engine.cpus() * 1000);
    }

    /**
     * @param needMilli all that is asked for, in thousandths of a core
     * @param freeMilli what there is
     */
    public static FitDecision decide(RequestPolicy policy, int needMilli, int freeMilli) {
        boolean fits = needMilli <= freeMilli;
        return switch (policy) {
            case LOWERED -> LOWER;
            case AUTO -> fits ? KEEP : LOWER;
            case UPSTREAM -> fits ? KEEP : REFUSE;
        };
    }
}
