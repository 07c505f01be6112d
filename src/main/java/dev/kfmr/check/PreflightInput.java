package dev.kfmr.check;

import dev.kfmr.engine.EngineFacts;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import java.util.List;
import java.util.Map;

/**
 * All that preflight looks at.
 *
 * @param needs of the installation alone
 * @param wantedPorts local port to the name of the forward that wants it
 * @param kindSubnets subnets of the engine's network {@code kind}; empty as long as there is none
 */
public record PreflightInput(
        EngineFacts engine,
        HostFacts host,
        RequestSums needs,
        RequestPolicy policy,
        Map<Integer, String> wantedPorts,
        List<String> kindSubnets) {
    public PreflightInput {
        wantedPorts = Map.copyOf(wantedPorts);
        kindSubnets = List.copyOf(kindSubnets);
    }
}
