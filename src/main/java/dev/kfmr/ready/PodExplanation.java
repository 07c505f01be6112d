package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a pod is not ready: a pure function of the pod, its events and its log.
 *
 * @param text one line for people: what is the matter, with names and times
 * @param log the last lines of a crashed container's log; empty unless it crashed and said something
 */
public record PodExplanation(Reason reason, String text, List<String> log) {
    /** Kinds of explanations. The ids are stable: scripts and doctor's checks use them. */
    public enum Reason {
        STARTING("workload.starting"),
        PULLING("workload.pulling"),
        IMAGE_NOT_FOUND("workload.image-not-found"),
        IMAGE_UNAUTHORIZED("workload.image-unauthorized"),
        IMAGE_RATE_LIMITED("workload.image-rate-limited"),
        IMAGE_NO_DNS("workload.image-no-dns"),
        IMAGE_UNTRUSTED("workload.image-untrusted"),
        IMAGE_WRONG_PLATFORM("workload.image-wrong-platform"),
        IMAGE_UNREACHABLE("workload.image-unreachable"),
        IMAGE_PULL_FAILED("workload.image-pull-failed"),
        UNSCHEDULABLE("workload.unschedulable"),
        TOO_LITTLE_CPU("workload.too-little-cpu"),
        TOO_LITTLE_MEMORY("workload.too-little-memory"),
        NODE_UNDER_PRESSURE("workload.node-under-pressure"),
        EVICTED("workload.evicted"),
        VOLUME_PENDING("workload.volume-pending"),
        VOLUME_NOT_MOUNTED("workload.volume-not-mounted"),
        MISSING_CONFIGURATION("workload.missing-configuration"),
        CONTAINER_NOT_CREATED("workload.container-not-created"),
        NO_SANDBOX("workload.no-sandbox"),
        CRASHED("workload.crashed"),
        CRASH_LOOP("workload.crash-loop"),
        OUT_OF_MEMORY("workload.out-of-memory"),
        KILLED("workload.killed"),
        MLMD_SEGFAULT("workload.mlmd-segfault"),
        SEGFAULT("workload.segfault"),
        DATABASE_NOT_READY("workload.database-not-ready"),
        STORE_RACED("workload.store-raced"),
        TOO_MANY_OPEN_FILES("workload.too-many-open-files"),
        WRONG_ARCHITECTURE("workload.wrong-architecture"),
        MYSQLD_CONFINED("workload.mysqld-confined"),
        NO_AIO("workload.no-aio"),
        NO_NAT_TABLE("workload.no-nat-table"),
        CERTIFICATE_NOT_SIGNED("workload.certificate-not-signed"),
        LOGIN_PROVIDER_AWAY("workload.login-provider-away"),
        DEX_NAMESPACE("workload.dex-namespace"),
        INIT_RUNNING("workload.init-running"),
        PROBE_FAILING("workload.probe-failing"),
        NOT_READY_YET("workload.not-ready-yet"),
        TERMINATING("workload.terminating"),
        REFUSED("workload.refused"),
        SCALED_DOWN("workload.scaled-down"),
        NOT_CREATED("workload.not-created");

        private final String id;

        Reason(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    public PodExplanation {
        log = List.copyOf(log);
    }

    static PodExplanation of(Reason reason, String text) {
        return new PodExplanation(reason, text, List.of());
    }

    /**
     * Empty for a pod that is done, or ready and did not crash a moment ago.
     *
     * @param events any events; those of other objects are ignored
     * @param log of the container that {@link #crashedContainer} names
     */
    public static Optional<PodExplanation> of(Pod pod, List<Event> events, LastLog log, Instant now) {
        if (Workloads.pod(pod).isCurrent() && crashedContainer(pod, now).isEmpty()) {
            return Optional.empty();
        }
        PodEvents own = PodEvents.of(pod, events);
        return Stream.<Optional<PodExplanation>>of(
                        terminating(pod),
                        Scheduling.evicted(pod),
                        Scheduling.unschedulable(pod),
                        containers(pod, own, log, now))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Optional.of(beforeContainers(own)));
    }

    /** The container whose last run ended badly, and whose log tells why; not one that is up again for some seconds. */
    public static Optional<ContainerStatus> crashedContainer(Pod pod, Instant now) {
        return ContainerTrouble.statuses(pod)
                .filter(status -> ContainerTrouble.hasCrashed(status, now))
                .findFirst();
    }

    private static Optional<PodExplanation> terminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                ? Optional.empty()
                : Optional.of(of(Reason.TERMINATING, "is being deleted"));
    }

    private static Optional<PodExplanation> containers(Pod pod, PodEvents events, LastLog log, Instant now) {
        return ContainerTrouble.statuses(pod)
                .map(status -> ContainerTrouble.of(pod, status, events, log, now))
                .flatMap(Optional::stream)
                // A container that does not run says more than a sidecar that only waits for its probe.
                .min((one, other) -> Boolean.compare(isMild(one), isMild(other)));
    }

    private static boolean isMild(PodExplanation explanation) {
        return explanation.reason() == Reason.NOT_READY_YET || explanation.reason() == Reason.STARTING;
    }

    private static PodExplanation beforeContainers(PodEvents events) {
        return events.volumeTrouble().or(events::sandboxTrouble).orElseGet(() -> of(Reason.STARTING, "is starting"));
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        PodStatus status = pod.getStatus();
        return status == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }
}
