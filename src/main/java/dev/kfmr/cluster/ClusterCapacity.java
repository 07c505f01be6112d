package dev.kfmr.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the nodes of a cluster have to give, over all that pods can be put on.
 *
 * @param freeCpuMilli allocatable less what pods ask for, in thousandths of a core
 * @param freeMemoryMib the same of memory
 */
public record ClusterCapacity(int nodes, int freeCpuMilli, int freeMemoryMib) {
    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);
    private static final BigDecimal MEBI = BigDecimal.valueOf(1024L * 1024L);
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final Set<String> KEEPS_OFF = Set.of("NoSchedule", "NoExecute");

    public static ClusterCapacity read(KubernetesClient client) {
        List<Node> nodes = client.nodes().list().getItems().stream()
                .filter(ClusterCapacity::takesPods)
                .toList();
        Set<String> names = Set.copyOf(
                nodes.stream().map(node -> node.getMetadata().getName()).toList());
        BigDecimal cpu = BigDecimal.ZERO;
        BigDecimal memory = BigDecimal.ZERO;
        for (Node node : nodes) {
            cpu = cpu.add(amount(node.getStatus().getAllocatable(), "cpu"));
            memory = memory.add(amount(node.getStatus().getAllocatable(), "memory"));
        }
        for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
            boolean counts = names.contains(String.valueOf(pod.getSpec().getNodeName()))
                    && !ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
            for (Container container : counts ? pod.getSpec().getContainers() : List.<Container>of()) {
                if (container.getResources() != null) {
                    cpu = cpu.subtract(amount(container.getResources().getRequests(), "cpu"));
                    memory = memory.subtract(amount(container.getResources().getRequests(), "memory"));
                }
            }
        }
        return new ClusterCapacity(
                nodes.size(),
                cpu.multiply(MILLI).intValue(),
                memory.divideToIntegralValue(MEBI).intValue());
    }

    private static boolean takesPods(Node node) {
        return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && node.getSpec().getTaints().stream().noneMatch(taint -> KEEPS_OFF.contains(taint.getEffect()));
    }

    private static BigDecimal amount(Map<String, Quantity> quantities, String name) {
        Quantity quantity = quantities == null ? null : quantities.get(name);
        return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }

    public String summary(String host) {
        return "cluster at " + host + ": " + nodes + (nodes == 1 ? " node" : " nodes") + ", " + freeCpuMilli
                + "m CPU and " + freeMemoryMib + " MiB free";
    }
}
