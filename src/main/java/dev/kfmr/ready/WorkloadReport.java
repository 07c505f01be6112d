package dev.kfmr.ready;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.ready.PodExplanation.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one workload is, and if it is not ready, why: pods explain their owners.
 *
 * @param explanation empty when it is current
 */
public record WorkloadReport(ObjectRef ref, Status status, Optional<PodExplanation> explanation) {
    /** @param ref what was asked for; the view may not have it */
    public static WorkloadReport of(ObjectRef ref, ClusterView view, PodLogs logs, Instant now) {
        Optional<HasMetadata> workload = view.find(ref);
        if (workload.isEmpty()) {
            PodExplanation absent = PodExplanation.of(Reason.NOT_CREATED, "is not in the cluster yet");
            return new WorkloadReport(ref, Status.inProgress("not there"), Optional.of(absent));
        }
        Status status = Readiness.of(workload.get());
        return status.isCurrent()
                ? new WorkloadReport(ref, status, Optional.empty())
                : new WorkloadReport(ref, status, Optional.of(explain(workload.get(), status, view, logs, now)));
    }

    /** The same for who looks but once: not ready is also what crashed a moment ago, and what somebody scaled to nothing. */
    public static WorkloadReport atOneLook(ObjectRef ref, ClusterView view, PodLogs logs, Instant now) {
        WorkloadReport report = of(ref, view, logs, now);
        if (!report.status().isCurrent()) {
            return report;
        }
        HasMetadata workload = view.find(ref).orElseThrow();
        if (ScaledDown.is(workload)) {
            PodExplanation none = PodExplanation.of(Reason.SCALED_DOWN, "is scaled to 0");
            return new WorkloadReport(ref, Status.inProgress(none.text()), Optional.of(none));
        }
        for (Pod pod : view.podsOf(workload)) {
            Optional<PodExplanation> crash = Workloads.pod(pod).isCurrent()
                    ? PodExplanation.of(pod, view.eventsOf(pod), log(pod, logs, now), now)
                    : Optional.empty();
            if (crash.isPresent()) {
                return new WorkloadReport(ref, Status.inProgress("up again after a crash"), crash);
            }
        }
        return report;
    }

    /** One line: {@code metadata-grpc-deployment: container main crashed: exit code 139 (SIGSEGV)}. */
    public String line() {
        return ref.name() + ": " + explanation.map(PodExplanation::text).orElse(status.message());
    }

    private static PodExplanation explain(
            HasMetadata workload, Status status, ClusterView view, PodLogs logs, Instant now) {
        return view.podsOf(workload).stream()
                .map(pod -> PodExplanation.of(pod, view.eventsOf(pod), log(pod, logs, now), now))
                .flatMap(Optional::stream)
                // A pod on its way out explains nothing while there is another.
                .min(Comparator.comparing(explanation -> explanation.reason() == Reason.TERMINATING))
                .orElseGet(() -> withoutPods(workload, status, view));
    }

    private static LastLog log(Pod pod, PodLogs logs, Instant now) {
        return PodExplanation.crashedContainer(pod, now)
                .flatMap(container -> logs.ofLastRun(pod, container.getName()))
                .map(LastLog::of)
                .orElse(LastLog.UNKNOWN);
    }

    private static PodExplanation withoutPods(HasMetadata workload, Status status, ClusterView view) {
        Optional<String> refused = Stream.concat(Stream.of(workload), view.ownedBy(workload).stream())
                .flatMap(object -> view.eventsOf(object).stream())
                .filter(event -> "FailedCreate".equals(event.getReason()))
                .max(Comparator.comparing(PodEvents::time))
                .map(Event::getMessage);
        if (refused.isPresent() && view.podsOf(workload).isEmpty()) {
            return PodExplanation.of(Reason.REFUSED, "the cluster refuses its pod: " + refused.get());
        }
        return PodExplanation.of(Reason.NOT_READY_YET, status.message());
    }
}
