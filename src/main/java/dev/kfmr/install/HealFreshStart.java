package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.Progress;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Readiness;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pod that crashed because something that it needs was not there yet waits out a back-off of 10, 20, 40 seconds, also
 * when that something is there by now. It is deleted then: its successor starts at once. Everything is applied at once
 * all the same, so that images are pulled side by side.
 *
 * <p>Only when what it needs became ready after the crash: a pod that crashed beside ready needs has another trouble.
 */
final class HealFreshStart implements Heal {
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    /** What a fresh pod costs by itself. */
    private static final Duration NOT_WORTH_IT = Duration.ofSeconds(3);

    private static final int MOST_TIMES = 3;

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

    /**
     * What each workload needs, from the {@code startsAfter} of the components. Names are of workloads of the render,
     * with their namespace ({@code kubeflow/mysql}) or without; names of what this plan leaves out are ignored.
     */
    static Map<ObjectRef, List<ObjectRef>> needs(Rendered rendered) {
        List<ObjectRef> workloads = rendered.objects()
                .filter(manifest -> Readiness.isWorkload(manifest.group(), manifest.kind()))
                .map(ObjectRef::ofNamespaced)
                .toList();
        Map<ObjectRef, List<ObjectRef>> needs = new HashMap<>();
        for (Rendered.Component component : rendered.components()) {
            List<ObjectRef> own = component.objects().stream()
                    .filter(manifest -> Readiness.isWorkload(manifest.group(), manifest.kind()))
                    .map(ObjectRef::ofNamespaced)
                    .toList();
            component.planned().spec().startsAfter().forEach((name, needed) -> named(name, own)
                    .forEach(workload -> {
                        List<ObjectRef> all = needs.computeIfAbsent(workload, key -> new ArrayList<>());
                        needed.stream().flatMap(need -> named(need, workloads)).forEach(all::add);
                    }));
        }
        return needs;
    }

    private static Stream<ObjectRef> named(String name, List<ObjectRef> workloads) {
        return workloads.stream()
                .filter(ref -> name.equals(ref.name()) || name.equals(ref.namespace() + "/" + ref.name()));
    }

    @Override
    public void look(ClusterView view) {
        needs.forEach((workload, needed) -> view.find(workload)
                .filter(object -> !needed.isEmpty())
                .ifPresent(object -> look(workload, object, needed, view)));
    }

    private void look(ObjectRef ref, HasMetadata workload, List<ObjectRef> needed, ClusterView view) {
        Optional<Instant> readySince = readySince(needed, view);
        if (readySince.isEmpty() || times.getOrDefault(ref, 0) >= MOST_TIMES) {
            return;
        }
        for (Pod pod : view.podsOf(workload)) {
            boolean isStanding = pod.getMetadata().getDeletionTimestamp() == null
                    && !deletedPods.contains(pod.getMetadata().getUid());
            if (isStanding && isHeldUp(pod, readySince.get())) {
                delete.accept(pod);
                deletedPods.add(pod.getMetadata().getUid());
                times.merge(ref, 1, Integer::sum);
                progress.healed("gave " + ref.name() + " a fresh start: what it needs is ready now ("
                        + needed.stream().map(ObjectRef::name).collect(Collectors.joining(", ")) + ")");
                return;
            }
        }
    }

    /** Since when all are ready; empty while one is not. */
    private static Optional<Instant> readySince(List<ObjectRef> needed, ClusterView view) {
        Instant latest = Instant.EPOCH;
        for (ObjectRef need : needed) {
            Optional<HasMetadata> workload =
                    view.find(need).filter(object -> Readiness.of(object).isCurrent());
            if (workload.isEmpty()) {
                return Optional.empty();
            }
            Instant since = view.podsOf(workload.get()).stream()
                    .map(HealFreshStart::readySince)
                    .flatMap(Optional::stream)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            latest = since.isAfter(latest) ? since : latest;
        }
        return Optional.of(latest);
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

    private boolean isHeldUp(Pod pod, Instant needsReadySince) {
        return pod.getStatus() != null
                && Stream.concat(
                                pod.getStatus().getInitContainerStatuses().stream(),
                                pod.getStatus().getContainerStatuses().stream())
                        .anyMatch(status -> isHeldUp(status, needsReadySince));
    }

    private boolean isHeldUp(ContainerStatus status, Instant needsReadySince) {
        boolean isWaiting = status.getState() != null
                && status.getState().getWaiting() != null
                && "CrashLoopBackOff".equals(status.getState().getWaiting().getReason());
        if (!isWaiting || status.getLastState() == null) {
            return false;
        }
        return Optional.ofNullable(status.getLastState().getTerminated())
                .map(ContainerStateTerminated::getFinishedAt)
                .flatMap(HealFreshStart::instant)
                // Times in the API are whole seconds: the same second may be either.
                .filter(crashed -> !crashed.isAfter(needsReadySince))
                .map(crashed -> crashed.plus(backOff(status.getRestartCount())))
                .filter(next -> Duration.between(clock.instant(), next).compareTo(NOT_WORTH_IT) > 0)
                .isPresent();
    }

    /** As the kubelet has it: the first restart is at once, then 10 s, doubled each time, five minutes at most. */
    static Duration backOff(int restarts) {
        Duration backOff = restarts == 0 ? Duration.ZERO : FIRST_BACK_OFF;
        for (int restart = 1; restart < restarts && backOff.compareTo(LONGEST_BACK_OFF) < 0; restart++) {
            backOff = backOff.multipliedBy(2);
        }
        return backOff.compareTo(LONGEST_BACK_OFF) < 0 ? backOff : LONGEST_BACK_OFF;
    }

    private static Optional<Instant> instant(@Nullable String time) {
        try {
            return time == null ? Optional.empty() : Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
