package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * How much of what the nodes have their pods reserve: requests count, used or not. Pure.
 *
 * @param pods of all namespaces; those without a node, or that ended, reserve nothing
 */
public record NodeRoom(List<Node> nodes, List<Pod> pods) {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    public NodeRoom {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
    }

    /** {@code 1950m of 2000m of CPU are reserved, 50m are left}. */
    public String cpu() {
        long has = Scheduling.milli(has("cpu"));
        long reserved = Scheduling.milli(reserved("cpu"));
        return reserved + "m of " + has + "m of CPU are reserved, " + (has - reserved) + "m are left";
    }

    /** {@code 1900 of 2000 MiB of memory are reserved, 100 MiB are left}. */
    public String memory() {
        long has = Scheduling.mebi(has("memory"));
        long reserved = Scheduling.mebi(reserved("memory"));
        return reserved + " of " + has + " MiB of memory are reserved, " + (has - reserved) + " MiB are left";
    }

    private BigDecimal reserved(String resource) {
        return pods.stream()
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .filter(pod -> pod.getStatus() == null
                        || !ENDED.contains(String.valueOf(pod.getStatus().getPhase())))
                .map(pod -> Scheduling.sum(pod, resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal has(String resource) {
        return nodes.stream()
                .map(node -> node.getStatus().getAllocatable().get(resource))
                .filter(quantity -> quantity != null)
                .map(Quantity::getAmountInBytes)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
