package dev.kfmr.ready;

import dev.kfmr.plan.ComputeResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return free(ComputeResource.CPU);
    }

    public int freeMemoryMib() {
        return free(ComputeResource.MEMORY);
    }

    /**
     * What a pod misses on the node that lacks least of what it asks for, a line for each resource: {@code node: 1950m of
     * 2000m CPU are reserved, 50m are left, 150m are missing}. Empty where that node has room.
     */
    public String missing(Pod pod) {
        return nodes.stream()
                .map(this::of)
                .min(Comparator.comparingDouble(room -> room.shareMissing(pod)))
                .map(room -> room.lines(pod))
                .orElse("");
    }

    private NodeRoom of(Node node) {
        String name = node.getMetadata().getName();
        return new NodeRoom(
                List.of(node),
                pods.stream()
                        .filter(pod -> name.equals(pod.getSpec().getNodeName()))
                        .toList());
    }

    private double shareMissing(Pod pod) {
        return Stream.of(ComputeResource.values())
                .mapToDouble(resource -> Math.max(0, missing(pod, resource)) / Math.max(1.0, has(resource)))
                .sum();
    }

    private String lines(Pod pod) {
        String node = nodes.get(0).getMetadata().getName();
        return Stream.of(ComputeResource.values())
                .filter(resource -> missing(pod, resource) > 0)
                .map(resource -> "%s: %s of %s %s are reserved, %s are left, %s are missing"
                        .formatted(
                                node,
                                resource.quantity(reserved(resource)),
                                resource.quantity(has(resource)),
                                resource.title(),
                                resource.quantity(free(resource)),
                                resource.quantity(missing(pod, resource))))
                .collect(Collectors.joining("\n"));
    }

    private int missing(Pod pod, ComputeResource resource) {
        return Scheduling.rounded(resource, Scheduling.sum(pod, resource.key())) - free(resource);
    }

    private int free(ComputeResource resource) {
        return has(resource) - reserved(resource);
    }

    private int reserved(ComputeResource resource) {
        return Scheduling.rounded(
                resource,
                pods.stream()
                        .filter(pod -> pod.getSpec().getNodeName() != null)
                        .filter(pod -> pod.getStatus() == null
                                || !ENDED.contains(
                                        String.valueOf(pod.getStatus().getPhase())))
                        .map(pod -> Scheduling.sum(pod, resource.key()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** Rounded down. */
    private int has(ComputeResource resource) {
        BigDecimal sum = nodes.stream()
                .map(node -> node.getStatus().getAllocatable().get(resource.key()))
                .filter(quantity -> quantity != null)
                .map(Quantity::getAmountInBytes)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return -Scheduling.rounded(resource, sum.negate());
    }
}
