package dev.kfmr.pipelines;

import dev.kfmr.ready.ContainerLogs;
import dev.kfmr.ready.LastLog;
import dev.kfmr.ready.LogSource;
import dev.kfmr.ready.PodExplanation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pods of runs in a real cluster. */
public final class KubernetesRunPods implements RunPods {
    private static final String WORKFLOW = "workflows.argoproj.io/workflow";
    /** The API tells a node's number at most, and of no node whose it is. */
    private static final String NODE = "workflows.argoproj.io/node-name";
    /** A Python traceback behind what pip and the launcher say. */
    private static final int LOG_LINES = 200;

    private final KubernetesClient client;
    private final String namespace;
    private final ContainerLogs logs;

    /** @param namespace that runs run in */
    public KubernetesRunPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.logs = new ContainerLogs(client, LOG_LINES, Duration.ZERO);
    }

    /** None while the API server is away: the next look tells. */
    @Override
    public List<Trouble> troubles(String workflow) {
        try {
            return look(workflow);
        } catch (KubernetesClientException e) {
            return List.of();
        }
    }

    private List<Trouble> look(String workflow) {
        List<Pod> pods = client.pods()
                .inNamespace(namespace)
                .withLabel(WORKFLOW, workflow)
                .list()
                .getItems();
        List<Event> events =
                client.resources(Event.class).inNamespace(namespace).list().getItems();
        return pods.stream()
                .map(pod -> trouble(pod, events))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Trouble> trouble(Pod pod, List<Event> events) {
        Instant now = Instant.now();
        String log = PodExplanation.crashedContainer(pod, now)
                .flatMap(container -> logs.read(LogSource.ofThisRun(pod, container)))
                .orElse("");
        return PodExplanation.of(pod, events, log.isEmpty() ? LastLog.UNKNOWN : LastLog.of(log), now)
                .map(explanation -> new Trouble(pod.getMetadata().getName(), node(pod), explanation.text(), log));
    }

    private static String node(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(NODE, "");
    }
}
