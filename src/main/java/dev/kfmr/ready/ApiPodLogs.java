package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.PrettyLoggable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs through the API server; that of each finished run is read once. The API names no run, only "this" and "the one
 * before", so a log counts only if the pod still shows the same run as its last one afterwards: a container that was
 * started again meanwhile would have given another run's log, and an empty one looks like a crash without a word.
 */
public final class ApiPodLogs implements PodLogs {
    private static final int LINES = 20;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    /** The kubelet answers 200 with these in place of a log that it does not have. */
    private static final List<String> KUBELET_EXCUSES =
            List.of("unable to retrieve container logs", "failed to try resolving symlinks");

    private final KubernetesClient client;
    private final Map<String, String> read = new ConcurrentHashMap<>();
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();

    public ApiPodLogs(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<String> ofLastRun(Pod pod, String container) {
        String run = lastRun(pod, container);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        String known = read.get(run);
        boolean isTooSoon =
                failed.getOrDefault(run, Instant.EPOCH).plus(TRY_AGAIN).isAfter(Instant.now());
        if (known != null || isTooSoon) {
            return Optional.ofNullable(known);
        }
        Optional<String> text = fetch(pod, container, run);
        text.ifPresentOrElse(words -> read.put(run, words), () -> failed.put(run, Instant.now()));
        return text;
    }

    @Override
    public Optional<String> ofPresentRun(Pod pod, String container) {
        try {
            return Optional.ofNullable(resource(pod)
                            .inContainer(container)
                            .tailingLines(LINES)
                            .getLog())
                    .filter(words -> KUBELET_EXCUSES.stream().noneMatch(words::startsWith));
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }

    /** Whether it has asked in vain for a log: its container was started again just then, or the node has it no more. */
    boolean hasMissed() {
        return !failed.isEmpty();
    }

    private PodResource resource(Pod pod) {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    private Optional<String> fetch(Pod pod, String container, String run) {
        PodResource resource = resource(pod);
        boolean isBefore = isStartedAgain(pod, container);
        try {
            ContainerResource source = resource.inContainer(container);
            PrettyLoggable log = isBefore ? source.terminated().tailingLines(LINES) : source.tailingLines(LINES);
            String text = log.getLog();
            Pod after = resource.get();
            boolean isOfThatRun = after != null
                    && lastRun(after, container).equals(run)
                    && isStartedAgain(after, container) == isBefore;
            return Optional.ofNullable(text)
                    .filter(words -> isOfThatRun && KUBELET_EXCUSES.stream().noneMatch(words::startsWith));
        } catch (KubernetesClientException e) {
            return Optional.empty(); // The kubelet is busy, or the run's log is swept away: the next look may have it.
        }
    }

    /** The id of the run that ended last; empty when none did. */
    private static String lastRun(Pod pod, String container) {
        return status(pod, container)
                .flatMap(LastEnd::of)
                .map(ContainerStateTerminated::getContainerID)
                .orElse("");
    }

    /** Whether the run that ended last is the one before: the container runs again, or waits to. */
    private static boolean isStartedAgain(Pod pod, String container) {
        return status(pod, container)
                .filter(status -> status.getState() == null || status.getState().getTerminated() == null)
                .isPresent();
    }

    private static Optional<ContainerStatus> status(Pod pod, String container) {
        return ContainerTrouble.statuses(pod)
                .filter(status -> status.getName().equals(container))
                .findFirst();
    }
}
