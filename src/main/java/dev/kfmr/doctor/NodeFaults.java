package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.cluster.NodeContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The containers that the nodes are, and what runs in them. Pure.
 *
 * @param program of the engine: {@code docker}
 */
record NodeFaults(String program) {
    List<Fault> ofContainers(List<NodeContainer> nodes) {
        return nodes.stream()
                .filter(node -> !node.isRunning())
                .map(this::notRunning)
                .toList();
    }

    private Fault notRunning(NodeContainer node) {
        String command = program + (node.isPaused() ? " unpause " : " start ") + node.name();
        return Fault.of(
                CheckCatalogue.shipped()
                        .get(node.isPaused() ? "node.paused" : "node.stopped")
                        .found(Map.of("node", node.name(), "state", node.state(), "program", program)),
                Fixes.startNodes(command));
    }

    List<Fault> ofServices(NodeContainer node, NodeFacts facts) {
        List<Fault> faults = new ArrayList<>();
        for (String service : List.of("containerd", "kubelet")) {
            facts.text("service." + service)
                    .filter(state -> !state.equals("active") && !state.equals("activating"))
                    .ifPresent(state -> faults.add(Fault.of(CheckCatalogue.shipped()
                            .get("node." + service)
                            .found(Map.of("node", node.name(), "state", state, "program", program)))));
        }
        return faults;
    }
}
