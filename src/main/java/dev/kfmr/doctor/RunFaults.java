package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.LastLog;
import dev.kfmr.ready.PodExplanation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pipeline runs that wait for a pod which cannot start. Pipelines itself says nothing of it: the run stays RUNNING, and a
 * run whose first pod, its driver, never started has no context in the metadata store.
 */
final class RunFaults {
    static final String WORKFLOW = "workflows.argoproj.io/workflow";

    private RunFaults() {}

    /** @param program of the engine: {@code docker} */
    static List<Fault> read(KubernetesClient client, Circumstances circumstances, String program) {
        return of(
                client.pods()
                        .inAnyNamespace()
                        .withLabel(WORKFLOW)
                        .withField("status.phase", "Pending")
                        .list()
                        .getItems(),
                circumstances,
                program);
    }

    /** Pure. @param pods of runs */
    static List<Fault> of(List<Pod> pods, Circumstances circumstances, String program) {
        return pods.stream()
                .flatMap(pod -> fault(pod, circumstances, program).stream())
                .toList();
    }

    private static Optional<Fault> fault(Pod pod, Circumstances circumstances, String program) {
        Duration age = WorkloadFaults.created(pod).map(circumstances::age).orElse(Duration.ZERO);
        return PodExplanation.of(pod, List.of(), LastLog.UNKNOWN, circumstances.now())
                .filter(explanation -> Severities.of(explanation.reason(), age, false) != Severity.NOTE)
                .map(explanation -> Fault.of(CheckCatalogue.shipped()
                        .get("function.run-waits")
                        .found(Map.of(
                                "run", pod.getMetadata().getLabels().getOrDefault(WORKFLOW, ""),
                                "namespace", pod.getMetadata().getNamespace(),
                                "pod", pod.getMetadata().getName(),
                                "text", explanation.text().strip().replaceAll("\\.$", ""),
                                "check", explanation.reason().id(),
                                "step",
                                        CheckCatalogue.shipped()
                                                .get(explanation.reason().id())
                                                .generalRemedy(Map.of("program", program))))));
    }
}
