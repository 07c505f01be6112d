package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Readiness;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Workloads that another one needs, all of them ready.
 *
 * @param since when the last of them became so
 * @param isProbed whether each has readiness probes, so that ready means more than running
 */
record ReadyNeeds(Instant since, boolean isProbed) {
    /** Empty while one of them is not ready. */
    static Optional<ReadyNeeds> of(List<ObjectRef> needed, ClusterView view) {
        ReadyNeeds all = new ReadyNeeds(Instant.EPOCH, true);
        for (ObjectRef need : needed) {
            Optional<HasMetadata> workload =
                    view.find(need).filter(object -> Readiness.of(object).isCurrent());
            if (workload.isEmpty()) {
                return Optional.empty();
            }
            for (Pod pod : view.podsOf(workload.get())) {
                all = all.and(pod);
            }
        }
        return Optional.of(all);
    }

    private ReadyNeeds and(Pod pod) {
        Optional<Instant> ready = readySince(pod);
        if (ready.isEmpty()) {
            return this; // One that is on its way out, beside the one that counts.
        }
        Instant latest = ready.get().isAfter(since) ? ready.get() : since;
        return new ReadyNeeds(latest, isProbed && isProbed(pod));
    }

    private static boolean isProbed(Pod pod) {
        return pod.getSpec() != null
                && pod.getSpec().getContainers().stream().allMatch(container -> container.getReadinessProbe() != null);
    }

    private static Optional<Instant> readySince(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .findFirst()
                        .flatMap(condition -> instant(condition.getLastTransitionTime()));
    }

    private static Optional<Instant> instant(String time) {
        try {
            return Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
