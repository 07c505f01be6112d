package dev.kfmr.forward;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a pod serves and, in a few words, why it does not: read from its own status alone. */
final class PodHealth {
    private PodHealth() {}

    static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && condition(pod, "Ready")
                        .filter(c -> c.getStatus().equals("True"))
                        .isPresent();
    }

    /** When it became ready; the beginning of time when it does not say. */
    static Instant readySince(Pod pod) {
        return condition(pod, "Ready").map(PodHealth::since).orElse(Instant.EPOCH);
    }

    /** For the status of a forward: {@code image being pulled or volume being mounted 40 s}. */
    static String whyNoneReady(List<Pod> pods, Instant now) {
        return pods.stream()
                .max(Comparator.comparing(pod -> created(pod).orElse(Instant.EPOCH)))
                .map(pod -> why(pod, now))
                .orElse("no pod yet");
    }

    private static String why(Pod pod, Instant now) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return "pod is being deleted";
        }
        Optional<PodCondition> unscheduled =
                condition(pod, "PodScheduled").filter(c -> c.getStatus().equals("False"));
        if (unscheduled.isPresent()) {
            return "unschedulable: " + text(unscheduled.get().getMessage());
        }
        return containers(pod)
                .map(ContainerStatus::getState)
                .flatMap(state -> waiting(state, pod, now).stream())
                .findFirst()
                .orElseGet(() -> notReady(pod, now));
    }

    private static Optional<String> waiting(ContainerState state, Pod pod, Instant now) {
        if (state == null || state.getWaiting() == null) {
            return Optional.empty();
        }
        String reason = text(state.getWaiting().getReason());
        return Optional.of(
                switch (reason) {
                    case "ContainerCreating", "PodInitializing" ->
                        "image being pulled or volume being mounted"
                                + age(condition(pod, "PodScheduled").map(PodHealth::since), now);
                    case "ErrImagePull", "ImagePullBackOff" ->
                        "image cannot be pulled: " + text(state.getWaiting().getMessage());
                    case "CrashLoopBackOff" -> "crash loop" + lastExit(pod);
                    default -> reason.isEmpty() ? "container is waiting" : reason;
                });
    }

    private static String notReady(Pod pod, Instant now) {
        boolean runs = "Running".equals(pod.getStatus().getPhase());
        return runs
                ? "running, not ready yet" + age(condition(pod, "Ready").map(PodHealth::since), now)
                : "pod is " + text(pod.getStatus().getPhase()).toLowerCase(Locale.ROOT);
    }

    private static String lastExit(Pod pod) {
        return containers(pod)
                .map(ContainerStatus::getLastState)
                .filter(state -> state != null && state.getTerminated() != null)
                .map(state -> ", last exit code " + state.getTerminated().getExitCode())
                .findFirst()
                .orElse("");
    }

    /** Init containers first: the others wait for them. */
    private static Stream<ContainerStatus> containers(Pod pod) {
        return Stream.concat(
                pod.getStatus().getInitContainerStatuses().stream(), pod.getStatus().getContainerStatuses().stream());
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static String age(Optional<Instant> since, Instant now) {
        return since.filter(moment -> moment.isAfter(Instant.EPOCH))
                .map(moment -> " " + Math.max(0, Duration.between(moment, now).toSeconds()) + " s")
                .orElse("");
    }

    private static Instant since(PodCondition condition) {
        return instant(condition.getLastTransitionTime()).orElse(Instant.EPOCH);
    }

    private static Optional<Instant> created(Pod pod) {
        return instant(pod.getMetadata().getCreationTimestamp());
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
