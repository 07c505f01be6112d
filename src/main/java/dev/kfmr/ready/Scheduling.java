package dev.kfmr.ready;

import dev.kfmr.ready.PodExplanation.Reason;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains pods that have no node, or lost it. */
final class Scheduling {
    private static final BigDecimal MIB = BigDecimal.valueOf(1024L * 1024L);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private Scheduling() {}

    static Optional<PodExplanation> evicted(Pod pod) {
        boolean isEvicted =
                pod.getStatus() != null && "Evicted".equals(pod.getStatus().getReason());
        return isEvicted
                ? Optional.of(PodExplanation.of(
                        Reason.EVICTED, "was evicted: " + pod.getStatus().getMessage()))
                : Optional.empty();
    }

    static Optional<PodExplanation> unschedulable(Pod pod) {
        return PodExplanation.condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> explain(pod, String.valueOf(condition.getMessage())));
    }

    /** The scheduler gives its reasons only as text. */
    private static PodExplanation explain(Pod pod, String message) {
        if (message.contains("PersistentVolumeClaim") || message.contains("persistentvolumeclaim")) {
            return PodExplanation.of(Reason.VOLUME_PENDING, "waits for its volume: " + message);
        }
        if (message.contains("Insufficient memory")) {
            return PodExplanation.of(
                    Reason.TOO_LITTLE_MEMORY,
                    "no node has the " + memoryMib(pod) + " MiB of memory that it asks for (" + message + ")");
        }
        if (message.contains("Insufficient cpu")) {
            return PodExplanation.of(
                    Reason.TOO_LITTLE_CPU,
                    "no node has the " + cpuMilli(pod) + "m of CPU that it asks for (" + message + ")");
        }
        if (message.contains("node.kubernetes.io/disk-pressure") || message.contains("memory-pressure")) {
            return PodExplanation.of(Reason.NODE_UNDER_PRESSURE, "the node takes no pods: " + message);
        }
        return PodExplanation.of(Reason.UNSCHEDULABLE, "no node takes it: " + message);
    }

    private static long cpuMilli(Pod pod) {
        return milli(sum(pod, "cpu"));
    }

    private static long memoryMib(Pod pod) {
        return mebi(sum(pod, "memory"));
    }

    /** In thousandths, rounded up. */
    static long milli(BigDecimal amount) {
        return amount.multiply(THOUSAND).setScale(0, RoundingMode.CEILING).longValue();
    }

    /** In MiB, rounded up. */
    static long mebi(BigDecimal bytes) {
        return bytes.divide(MIB, 0, RoundingMode.CEILING).longValue();
    }

    /** What its containers ask for, and the init containers that go on running beside them, as Istio's sidecar may. */
    static BigDecimal sum(Pod pod, String resource) {
        Stream<Container> goOn = pod.getSpec().getInitContainers().stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()));
        return Stream.concat(pod.getSpec().getContainers().stream(), goOn)
                .map(container -> request(container, resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal request(Container container, String resource) {
        boolean hasRequests =
                container.getResources() != null && container.getResources().getRequests() != null;
        Quantity quantity = hasRequests ? container.getResources().getRequests().get(resource) : null;
        return quantity == null ? BigDecimal.ZERO : Quantity.getAmountInBytes(quantity);
    }
}
