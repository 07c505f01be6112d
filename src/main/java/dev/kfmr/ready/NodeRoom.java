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
    private static final Set<String> KEEPS_OFF = Set.of("NoSchedule", "NoExecute");

    public NodeRoom {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
    }

    /** Of those nodes alone that every pod can be put on. */
    public static NodeRoom forAnyPod(List<Node> nodes, List<Pod> pods) {
        List<Node> open = nodes.stream().filter(NodeRoom::takesAnyPod).toList();
        List<String> names =
                open.stream().map(node -> node.getMetadata().getName()).toList();
        return new NodeRoom(
                open,
                pods.stream()
                        .filter(pod ->
                                names.contains(String.valueOf(pod.getSpec().getNodeName())))
                        .toList());
    }

    private static boolean takesAnyPod(Node node) {
        return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && node.getSpec().getTaints().stream().noneMatch(taint -> KEEPS_OFF.contains(taint.getEffect()));
    }

    /** In thousandths of a core. */
    public int freeCpuMilli() {
        return (int) (Scheduling.milli(has("cpu")) - Scheduling.milli(reserved("cpu")));
    }

    public int freeMemoryMib() {
        return (int) (Scheduling.mebi(has("memory")) - Scheduling.mebi(reserved("memory")));
    }

    /** {@code 1950m of 2000m of CPU are reserved, 50m are left}. */
    public String cpu() {
        return Scheduling.milli(reserved("cpu")) + "m of " + Scheduling.milli(has("cpu")) + "m of CPU are reserved, "
                + freeCpuMilli() + "m are left";
    }

    /** {@code 1900 of 2000 MiB of memory are reserved, 100 MiB are left}. */
    public String memory() {
        return Scheduling.mebi(reserved("memory")) + " of " + Scheduling.mebi(has("memory"))
                + " MiB of memory are reserved, " + freeMemoryMib() + " MiB are left";
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
