package dev.kfmr.ready;

import dev.kfmr.apply.ObjectRef;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reports on workloads by one look at the cluster. Pods and events are read only when one is not ready: they are most of
 * what there is to read, and explain nothing about what is as it should be.
 */
public final class WorkloadReader {
    private final KubernetesClient client;
    private final ClusterView workloads;
    private Optional<ClusterView> detailed = Optional.empty();

    /** Looks at once. */
    public WorkloadReader(KubernetesClient client) {
        this.client = client;
        this.workloads = ClusterView.ofWorkloads(client);
    }

    /** The workloads as they were at the look. */
    public ClusterView workloads() {
        return workloads;
    }

    /** The same with pods and events, read when this is first asked for. */
    public ClusterView detailed() {
        ClusterView view = detailed.orElseGet(() -> ClusterView.read(client));
        detailed = Optional.of(view);
        return view;
    }

    /** One for each that makes pods; other objects are left out. */
    public List<WorkloadReport> reports(Collection<ObjectRef> objects) {
        List<WorkloadReport> reports = reports(objects, workloads, PodLogs.none());
        return reports.stream().allMatch(report -> report.status().isCurrent())
                ? reports
                : reports(objects, detailed(), new ApiPodLogs(client));
    }

    private static List<WorkloadReport> reports(Collection<ObjectRef> objects, ClusterView view, PodLogs logs) {
        Instant now = Instant.now();
        return objects.stream()
                .filter(ref -> Readiness.isWorkload(ref.group(), ref.kind()))
                .map(ref -> WorkloadReport.of(ref, view, logs, now))
                .toList();
    }
}
