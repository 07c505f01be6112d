package dev.kfmr.ready;

import dev.kfmr.plan.ComputeResource;
import dev.kfmr.ready.PodExplanation.Reason;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
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
        boolean lacksMemory = message.contains("Insufficient memory");
        boolean lacksCpu = message.contains("Insufficient cpu");
        if (lacksMemory || lacksCpu) {
            return PodExplanation.of(
                    lacksMemory ? Reason.TOO_LITTLE_MEMORY : Reason.TOO_LITTLE_CPU,
                    "no node has the "
                            + (lacksMemory ? asked(pod, ComputeResource.MEMORY) : "")
                            + (lacksMemory && lacksCpu ? " and " : "")
                            + (lacksCpu ? asked(pod, ComputeResource.CPU) : "")
                            + " that it asks for (" + message + ")");
        }
        if (message.contains("node.kubernetes.io/disk-pressure") || message.contains("memory-pressure")) {
            return PodExplanation.of(Reason.NODE_UNDER_PRESSURE, "the node takes no pods: " + message);
        }
        return PodExplanation.of(Reason.UNSCHEDULABLE, "no node takes it: " + message);
    }

    private static String asked(Pod pod, ComputeResource resource) {
        return resource.quantity(rounded(resource, sum(pod, resource.key()))) + " of " + resource.title();
    }

    /** In thousandths of a core or in MiB, rounded up. */
    static int rounded(ComputeResource resource, BigDecimal amount) {
        BigDecimal inUnits =
                switch (resource) {
                    case CPU -> amount.multiply(THOUSAND);
                    case MEMORY -> amount.divide(MIB, MathContext.DECIMAL128);
                };
        return inUnits.setScale(0, RoundingMode.CEILING).intValue();
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
