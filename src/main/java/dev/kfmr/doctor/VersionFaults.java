package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.ready.ContainerLogs;
import dev.kfmr.ready.LastEnd;
import dev.kfmr.ready.LogSource;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Pipeline runs that failed just now, since they registered a version that the Model Registry has: only a log tells. */
final class VersionFaults {
    /** A longer time ago it is a matter of the past, and its pod may stay for days. */
    private static final Duration LATELY = Duration.ofHours(1);

    private static final int PODS = 5;
    private static final int LINES = 60;

    private VersionFaults() {}

    private record Ended(Pod pod, ContainerStatus status, Instant at) {}

    static List<Fault> read(KubernetesClient client, Circumstances circumstances) {
        ContainerLogs logs = new ContainerLogs(client, LINES, Duration.ZERO);
        return of(
                client.pods()
                        .inAnyNamespace()
                        .withLabel(RunFaults.WORKFLOW)
                        .withField("status.phase", "Failed")
                        .list()
                        .getItems(),
                logs::read,
                circumstances);
    }

    /** @param pods of runs that failed */
    static List<Fault> of(List<Pod> pods, Function<LogSource, Optional<String>> logs, Circumstances circumstances) {
        return pods.stream()
                .flatMap(VersionFaults::ended)
                .filter(ended -> ended.at().plus(LATELY).isAfter(circumstances.now()))
                .sorted(Comparator.comparing(Ended::at).reversed())
                .limit(PODS)
                .flatMap(ended -> logs.apply(LogSource.ofThisRun(ended.pod(), ended.status())).stream()
                        .flatMap(VersionFaults::refusal)
                        .map(line -> fault(ended.pod(), line)))
                .toList();
    }

    private static Stream<Ended> ended(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .flatMap(status -> LastEnd.of(status)
                        .filter(end -> end.getExitCode() != 0)
                        .flatMap(LastEnd::time)
                        .map(at -> new Ended(pod, status, at))
                        .stream());
    }

    /** {@code model_registry.exceptions.StoreError: Version 1.0.0 already exists}. */
    private static Stream<String> refusal(String log) {
        return log.lines()
                .map(String::strip)
                .filter(line -> line.contains("StoreError: ") && line.contains("already exists"))
                .limit(1);
    }

    private static Fault fault(Pod pod, String line) {
        return Fault.of(CheckCatalogue.shipped()
                .get("function.version-exists")
                .found(Map.of(
                        "run", pod.getMetadata().getLabels().getOrDefault(RunFaults.WORKFLOW, ""),
                        "namespace", pod.getMetadata().getNamespace(),
                        "pod", pod.getMetadata().getName(),
                        "line", line)));
    }
}
