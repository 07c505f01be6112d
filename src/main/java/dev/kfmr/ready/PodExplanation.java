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
        STARTING("pod.starting"),
        PULLING("pod.pulling"),
        IMAGE_NOT_FOUND("pod.image-not-found"),
        IMAGE_UNAUTHORIZED("pod.image-unauthorized"),
        IMAGE_RATE_LIMITED("pod.image-rate-limited"),
        IMAGE_NO_DNS("pod.image-no-dns"),
        IMAGE_UNTRUSTED("pod.image-untrusted"),
        IMAGE_WRONG_PLATFORM("pod.image-wrong-platform"),
        IMAGE_UNREACHABLE("pod.image-unreachable"),
        IMAGE_PULL_FAILED("pod.image-pull-failed"),
        UNSCHEDULABLE("pod.unschedulable"),
        TOO_LITTLE_CPU("pod.too-little-cpu"),
        TOO_LITTLE_MEMORY("pod.too-little-memory"),
        NODE_UNDER_PRESSURE("pod.node-under-pressure"),
        EVICTED("pod.evicted"),
        VOLUME_PENDING("pod.volume-pending"),
        VOLUME_NOT_MOUNTED("pod.volume-not-mounted"),
        MISSING_CONFIGURATION("pod.missing-configuration"),
        CONTAINER_NOT_CREATED("pod.container-not-created"),
        NO_SANDBOX("pod.no-sandbox"),
        CRASHED("pod.crashed"),
        CRASH_LOOP("pod.crash-loop"),
        OUT_OF_MEMORY("pod.out-of-memory"),
        KILLED("pod.killed"),
        SEGFAULT("pod.segfault"),
        DATABASE_NOT_READY("pod.database-not-ready"),
        STORE_RACED("pod.store-raced"),
        TOO_MANY_OPEN_FILES("pod.too-many-open-files"),
        WRONG_ARCHITECTURE("pod.wrong-architecture"),
        MYSQLD_CONFINED("pod.mysqld-confined"),
        NO_AIO("pod.no-aio"),
        NO_NAT_TABLE("pod.no-nat-table"),
        INIT_RUNNING("pod.init-running"),
        PROBE_FAILING("pod.probe-failing"),
        NOT_READY_YET("pod.not-ready-yet"),
        TERMINATING("pod.terminating"),
        REFUSED("pod.refused"),
        NOT_CREATED("pod.not-created");

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
     * Empty for a pod that is ready or done.
     *
     * @param events any events; those of other objects are ignored
     * @param log of the container that {@link #crashedContainer} names
     */
    public static Optional<PodExplanation> of(Pod pod, List<Event> events, LastLog log, Instant now) {
        if (Workloads.pod(pod).isCurrent()) {
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

    /** The container whose last run ended badly, and whose log tells why. */
    public static Optional<ContainerStatus> crashedContainer(Pod pod) {
        return ContainerTrouble.statuses(pod)
                .filter(ContainerTrouble::hasCrashed)
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
