package dev.kfmr.doctor;

import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.NodeContainer;
import dev.kfmr.core.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The looks into the nodes of a kind cluster, by the engine: they need no API server.
 *
 * @param name of the cluster
 * @param program of the engine: {@code docker}
 */
record NodeLooks(String name, KindClusters clusters, String program) {

    /** @param hasMesh whether Istio is part of the installation */
    List<Fault> faults(boolean hasMesh) {
        List<Fault> faults = new ArrayList<>();
        for (NodeContainer node : clusters.containers(name)) {
            NodeFacts facts = facts(node);
            faults.addAll(new NodeFaults(program).ofServices(node, facts));
            faults.addAll(new NodeLimitFaults(program, node.name(), facts).all(hasMesh));
            faults.addAll(new NodeNetworkFaults(program, node.name(), facts).all());
        }
        return faults;
    }

    /** @param images that are to be pulled: only registries that this machine finds by their names are looked for */
    List<Fault> registries(Set<String> images) {
        List<String> hosts = RegistryHosts.found(RegistryHosts.of(images));
        if (hosts.isEmpty()) {
            return List.of();
        }
        String script =
                "hosts='" + String.join(" ", hosts) + "'\n" + Resource.text(NodeLooks.class, "node-registries.sh");
        List<Fault> faults = new ArrayList<>();
        for (NodeContainer node : clusters.containers(name)) {
            String lines = clusters.run(node, script);
            if (!lines.isBlank()) {
                faults.addAll(new NodeNetworkFaults(program, node.name(), facts(node)).registries(lines));
            }
        }
        return faults;
    }

    private NodeFacts facts(NodeContainer node) {
        return NodeFacts.of(clusters.run(node, NodeFacts.script()));
    }
}
