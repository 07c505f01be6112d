package dev.kfmr.doctor;

import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;

/** What an installation needs of the engine's machine. */
public record Room(RequestSums sums, RequestPolicy policy) {
    private static final MachineNeeds NOTHING = new MachineNeeds(0, 0, 0);

    /** Of one that is there, and has its room already; or of which nothing is known. */
    static Room nothingMore() {
        return new Room(new RequestSums(NOTHING, NOTHING), RequestPolicy.LOWERED);
    }
}
