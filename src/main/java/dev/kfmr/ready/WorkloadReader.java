package dev.kfmr.ready;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.core.Deadline;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reports on workloads by one look at the cluster. Pods and events are read only when one is not ready: they are most of
 * what there is to read, and explain nothing about what is as it should be.
 */
public final class WorkloadReader {
    /** A container starts again at once the first time; its pod's status follows within a second. */
    private static final Duration LOOKS_AGAIN = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Supplier<KubernetesClient> client;
    private final ClusterView workloads;
    private Optional<ClusterView> detailed = Optional.empty();

    /** Looks at once, at workloads of every kind. */
    public WorkloadReader(KubernetesClient client) {
        this(ApiReader.of(client), () -> client, WorkloadKind.OWNERS);
    }

    /**
     * Looks at once, at the kinds that these objects have.
     *
     * @param client asked for when something is not ready
     */
    public WorkloadReader(ApiReader reader, Supplier<KubernetesClient> client, Collection<ObjectRef> objects) {
        this(reader, client, WorkloadKind.among(objects));
    }

    private WorkloadReader(ApiReader reader, Supplier<KubernetesClient> client, List<WorkloadKind> kinds) {
        this.client = client;
        this.workloads = ClusterView.ofWorkloads(reader, kinds);
    }

    /** The workloads as they were at the look. */
    public ClusterView workloads() {
        return workloads;
    }

    /** The same with pods and events, read when this is first asked for. */
    public ClusterView detailed() {
        ClusterView view = detailed.orElseGet(() -> ClusterView.read(client.get()));
        detailed = Optional.of(view);
        return view;
    }

    /** One for each that makes pods; other objects are left out. */
    public List<WorkloadReport> reports(Collection<ObjectRef> objects) {
        List<WorkloadReport> reports = reports(objects, workloads, PodLogs.none());
        for (WorkloadReport report : reports) {
            if (!report.status().isCurrent() || isReadySinceAMoment(report)) {
                return explained(objects);
            }
        }
        return reports;
    }

    /** A run whose log could not be read is explained wrongly, so what starts again just then is looked at again. */
    private List<WorkloadReport> explained(Collection<ObjectRef> objects) {
        Deadline deadline = Deadline.in(LOOKS_AGAIN);
        while (true) {
            ApiPodLogs logs = new ApiPodLogs(client.get());
            List<WorkloadReport> reports = reports(objects, detailed(), logs);
            if (!logs.hasMissed() || deadline.passed()) {
                return reports;
            }
            deadline.sleep(PAUSE, "looking at the workloads");
            detailed = Optional.empty();
        }
    }

    /** Its pods tell then whether it has just come up, or has just crashed. */
    private boolean isReadySinceAMoment(WorkloadReport report) {
        Optional<HasMetadata> workload = workloads.find(report.ref());
        String since = workload.isPresent() ? Workloads.availableSince(workload.get()) : "";
        // The API server writes times in UTC, to the second: their order is that of their texts, and no JVM has to
        // learn to read them.
        LocalDateTime calm = LocalDateTime.now(ZoneOffset.UTC).minus(Readiness.CALM);
        return since.compareTo(calm.toString()) > 0;
    }

    private static List<WorkloadReport> reports(Collection<ObjectRef> objects, ClusterView view, PodLogs logs) {
        Instant now = Instant.now();
        List<WorkloadReport> reports = new ArrayList<>();
        for (ObjectRef ref : objects) {
            if (Readiness.isWorkload(ref.group(), ref.kind())) {
                reports.add(WorkloadReport.atOneLook(ref, view, logs, now));
            }
        }
        return reports;
    }
}
