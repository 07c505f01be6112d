package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.Progress;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.LastEnd;
import dev.kfmr.ready.StartNeeds;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pod that crashed because something that it needs was not there yet waits out a back-off of 10, 20, 40 seconds, and
 * on top of it until the kubelet looks again, up to 15 seconds later; also when what it needs is there by now. It is
 * deleted then: its successor starts at once. Everything is applied at once all the same, so that images are pulled side
 * by side.
 *
 * <p>Only when what it needs became ready after the crash: a pod that crashed beside ready needs has another trouble.
 * What has no readiness probe is called ready as soon as it runs, some time before it serves; so it is given a while,
 * and a longer one each time that the fresh pod came too early.
 */
final class HealFreshStart implements Heal {
    private static final Duration FIRST_WHILE = Duration.ofSeconds(2);
    private static final int MOST_TIMES = 4;

    private final Map<ObjectRef, List<ObjectRef>> needs;
    private final Consumer<Pod> delete;
    private final Progress progress;
    private final Clock clock;
    private final Map<ObjectRef, Integer> times = new HashMap<>();
    private final Set<String> deletedPods = new HashSet<>();

    /** @param delete deletes the pod; what it throws passes through */
    HealFreshStart(Map<ObjectRef, List<ObjectRef>> needs, Consumer<Pod> delete, Progress progress, Clock clock) {
        this.needs = Map.copyOf(needs);
        this.delete = delete;
        this.progress = progress;
        this.clock = clock;
    }

    /** What each workload of the render needs. */
    static Map<ObjectRef, List<ObjectRef>> needs(Rendered rendered) {
        Map<ComponentSpec, List<ObjectRef>> workloads = new LinkedHashMap<>();
        rendered.components()
                .forEach(component ->
                        workloads.put(component.planned().spec(), RolloutObjects.workloads(component.objects())));
        return StartNeeds.of(workloads);
    }

    @Override
    public void look(ClusterView view) {
        needs.forEach((workload, needed) -> view.find(workload)
                .filter(object -> !needed.isEmpty())
                .ifPresent(object -> look(workload, object, needed, view)));
    }

    private void look(ObjectRef ref, HasMetadata workload, List<ObjectRef> needed, ClusterView view) {
        int before = times.getOrDefault(ref, 0);
        Optional<Instant> serving = ReadyNeeds.of(needed, view)
                .map(ready -> ready.isProbed() ? ready.since() : ready.since().plus(aWhile(before)));
        if (before >= MOST_TIMES
                || serving.filter(since -> !since.isAfter(clock.instant())).isEmpty()) {
            return;
        }
        for (Pod pod : view.podsOf(workload)) {
            boolean isStanding = pod.getMetadata().getDeletionTimestamp() == null
                    && !deletedPods.contains(pod.getMetadata().getUid());
            if (isStanding && isHeldUp(pod, serving.get())) {
                delete.accept(pod);
                deletedPods.add(pod.getMetadata().getUid());
                times.put(ref, before + 1);
                if (before == 0) {
                    progress.healed("gave " + ref.name() + " a fresh start: what it needs is ready now ("
                            + needed.stream().map(ObjectRef::name).collect(Collectors.joining(", ")) + ")");
                }
                return;
            }
        }
    }

    private static Duration aWhile(int freshStarts) {
        return FIRST_WHILE.multipliedBy(1L << freshStarts);
    }

    private static boolean isHeldUp(Pod pod, Instant needsServe) {
        return pod.getStatus() != null
                && Stream.concat(
                                pod.getStatus().getInitContainerStatuses().stream(),
                                pod.getStatus().getContainerStatuses().stream())
                        .anyMatch(status -> isHeldUp(status, needsServe));
    }

    /**
     * The first crash is followed by a start at once. From the second on the container lies there, for a dozen seconds
     * without even being called a crash loop.
     */
    private static boolean isHeldUp(ContainerStatus status, Instant needsServe) {
        boolean isDown = status.getState() != null && status.getState().getRunning() == null;
        boolean isStartedAgain = status.getRestartCount() != null && status.getRestartCount() > 0;
        return isDown
                && isStartedAgain
                && LastEnd.of(status)
                        .filter(end -> end.getExitCode() != 0)
                        .flatMap(LastEnd::time)
                        // Times in the API are whole seconds: the same second may be either.
                        .filter(crashed -> !crashed.isAfter(needsServe))
                        .isPresent();
    }
}
