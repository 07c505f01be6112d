package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PrettyLoggable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Logs through the API server; that of each finished run is read once. */
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
        String run = ContainerTrouble.statuses(pod)
                .filter(status -> status.getName().equals(container))
                .findFirst()
                .flatMap(ContainerTrouble::lastEnd)
                .map(ContainerStateTerminated::getContainerID)
                .orElse("");
        if (run.isEmpty()) {
            return Optional.empty();
        }
        String known = read.get(run);
        boolean isTooSoon =
                failed.getOrDefault(run, Instant.EPOCH).plus(TRY_AGAIN).isAfter(Instant.now());
        if (known != null || isTooSoon) {
            return Optional.ofNullable(known);
        }
        Optional<String> text = fetch(pod, container);
        text.ifPresentOrElse(words -> read.put(run, words), () -> failed.put(run, Instant.now()));
        return text;
    }

    private Optional<String> fetch(Pod pod, String container) {
        var resource = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .inContainer(container);
        boolean isRunningAgain = ContainerTrouble.statuses(pod)
                .filter(status -> status.getName().equals(container))
                .anyMatch(
                        status -> status.getState() == null || status.getState().getTerminated() == null);
        try {
            PrettyLoggable log =
                    isRunningAgain ? resource.terminated().tailingLines(LINES) : resource.tailingLines(LINES);
            return Optional.ofNullable(log.getLog())
                    .filter(text -> KUBELET_EXCUSES.stream().noneMatch(text::startsWith));
        } catch (KubernetesClientException e) {
            return Optional.empty(); // The kubelet is busy, or the run's log is swept away: the next look may have it.
        }
    }
}
