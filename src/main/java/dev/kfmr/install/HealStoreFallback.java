package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.Progress;
import dev.kfmr.profile.FallbackImages;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.LastEnd;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.Readiness;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An image that crashes on this machine is replaced by the next of its list. What tells such a crash from another one
 * with the same exit code is the log: so a run counts only when its log could be read and has none of the words that
 * mean another cause, and two such runs in a row are needed. A container that comes up by itself starts from nothing
 * again.
 */
final class HealStoreFallback implements Heal {
    private static final int RUNS_THAT_CONVINCE = 2;

    /** Takes another image wherever the first one stands. */
    interface ImageChange {
        void replace(String image, String by);
    }

    private final List<FallbackImages> fallbacks;
    private final Supplier<List<Manifest>> objects;
    private final PodLogs logs;
    private final ImageChange change;
    private final Progress progress;
    private final Map<String, Set<String>> convictingRuns = new HashMap<>();

    /** @param objects the objects as they are to be now */
    HealStoreFallback(
            List<FallbackImages> fallbacks,
            Supplier<List<Manifest>> objects,
            PodLogs logs,
            ImageChange change,
            Progress progress) {
        this.fallbacks = List.copyOf(fallbacks);
        this.objects = objects;
        this.logs = logs;
        this.change = change;
        this.progress = progress;
    }

    @Override
    public void look(ClusterView view) {
        if (fallbacks.isEmpty()) {
            return;
        }
        for (Manifest manifest : objects.get()) {
            if (Readiness.isWorkload(manifest.group(), manifest.kind())) {
                ObjectRef ref = ObjectRef.ofNamespaced(manifest);
                view.find(ref).ifPresent(workload -> look(ref, workload, manifest, view));
            }
        }
    }

    private void look(ObjectRef ref, HasMetadata workload, Manifest manifest, ClusterView view) {
        for (ContainerImage container : ContainerImage.of(manifest)) {
            fallbacks.stream()
                    .filter(fallback -> fallback.images().contains(container.image()))
                    .findFirst()
                    .ifPresent(fallback -> view.podsOf(workload).stream()
                            .filter(pod -> runs(pod, container))
                            .forEach(pod -> look(ref, pod, container, fallback)));
        }
    }

    private static boolean runs(Pod pod, ContainerImage container) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getSpec().getContainers().stream()
                        .anyMatch(own -> own.getName().equals(container.name())
                                && container.image().equals(own.getImage()));
    }

    private void look(ObjectRef ref, Pod pod, ContainerImage container, FallbackImages fallback) {
        Optional<ContainerStatus> status = pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(own -> own.getName().equals(container.name()))
                        .findFirst();
        String key = ref.text() + " " + container.name() + " " + container.image();
        if (status.isEmpty()) {
            return;
        }
        if (Boolean.TRUE.equals(status.get().getReady())) {
            convictingRuns.remove(key);
            return;
        }
        Optional<ContainerStateTerminated> end =
                LastEnd.of(status.get()).filter(last -> last.getExitCode() == fallback.exitCode());
        if (end.isEmpty()) {
            return;
        }
        count(key, pod, container, end.get(), fallback);
        boolean isDown =
                status.get().getState() == null || status.get().getState().getRunning() == null;
        if (isDown && convictingRuns.getOrDefault(key, Set.of()).size() >= RUNS_THAT_CONVINCE) {
            takeNext(ref, container.image(), fallback);
        }
    }

    private void count(
            String key, Pod pod, ContainerImage container, ContainerStateTerminated end, FallbackImages fallback) {
        Set<String> runs = convictingRuns.computeIfAbsent(key, unused -> new HashSet<>());
        if (end.getContainerID() == null || runs.contains(end.getContainerID())) {
            return;
        }
        Optional<String> log = logs.ofLastRun(pod, container.name());
        if (log.isEmpty()) {
            return;
        }
        boolean hasOtherCause = fallback.notWhenLogged().stream().anyMatch(log.get()::contains);
        if (hasOtherCause) {
            runs.clear();
        } else {
            runs.add(end.getContainerID());
        }
    }

    private void takeNext(ObjectRef ref, String image, FallbackImages fallback) {
        // With none left, the wait ends with the crash as it is.
        fallback.after(image).ifPresent(by -> {
            change.replace(image, by);
            progress.healed(ref.name() + " ends with exit code " + fallback.exitCode() + " on this machine: took " + by
                    + " in place of " + image + " (" + fallback.reason() + ")");
        });
    }
}
