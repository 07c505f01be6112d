package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.cluster.NodeContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The containers that the nodes are, and what runs in them. Pure.
 *
 * @param program of the engine: {@code docker}
 */
record NodeFaults(String program) {
    /** Prints a line for each service: its name and state. */
    static final String SERVICES = "for s in containerd kubelet; do echo $s $(systemctl is-active $s || true); done";

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

    /** @param lines what {@link #SERVICES} printed */
    List<Fault> ofServices(NodeContainer node, String lines) {
        List<Fault> faults = new ArrayList<>();
        for (String service : List.of("containerd", "kubelet")) {
            state(lines, service)
                    .filter(state -> !state.equals("active") && !state.equals("activating"))
                    .ifPresent(state -> faults.add(Fault.of(CheckCatalogue.shipped()
                            .get("node." + service)
                            .found(Map.of("node", node.name(), "state", state, "program", program)))));
        }
        return faults;
    }

    private static Optional<String> state(String lines, String service) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(service + " "))
                .map(line -> line.substring(service.length() + 1))
                .findFirst();
    }
}
