package dev.kfmr.ready;

import dev.kfmr.engine.ImageName;
import dev.kfmr.ready.PodExplanation.Reason;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Explains one container that keeps its pod from being ready. */
final class ContainerTrouble {
    private static final int LOG_LINES = 5;
    private static final int SIGNAL_BASE = 128;
    private static final int KILL = SIGNAL_BASE + 9;
    private static final int SEGFAULT = SIGNAL_BASE + 11;
    /** How the images of ml-metadata's gRPC store are called, in every registry that has them. */
    private static final String METADATA_STORE = "ml_metadata_store_server";

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(4, "SIGILL"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(15, "SIGTERM"));

    private ContainerTrouble() {}

    /** Those of init containers first, as they run first. */
    static Stream<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : Stream.concat(
                        pod.getStatus().getInitContainerStatuses().stream(),
                        pod.getStatus().getContainerStatuses().stream());
    }

    /** Whether it ended badly and has not come up since: one that runs again for a moment may end again. */
    static boolean hasCrashed(ContainerStatus status, Instant now) {
        boolean isUp = Boolean.TRUE.equals(status.getReady())
                && startedAt(status)
                        .filter(started -> !started.isAfter(now)
                                && started.plus(Readiness.CALM).isAfter(now))
                        .isEmpty();
        return !isUp && LastEnd.of(status).filter(end -> end.getExitCode() != 0).isPresent();
    }

    private static Optional<Instant> startedAt(ContainerStatus status) {
        return Optional.ofNullable(status.getState())
                .map(ContainerState::getRunning)
                .map(ContainerStateRunning::getStartedAt)
                .map(Instant::parse);
    }

    /** Empty for a container that is as it should be, or whose turn has not come. */
    static Optional<PodExplanation> of(Pod pod, ContainerStatus status, PodEvents events, LastLog log, Instant now) {
        if (status.getState() == null) {
            return Optional.empty();
        }
        if (status.getState().getWaiting() != null) {
            return waiting(pod, status, status.getState().getWaiting(), events, log, now);
        }
        if (status.getState().getTerminated() != null) {
            boolean isDone = status.getState().getTerminated().getExitCode() == 0;
            return isDone ? Optional.empty() : Optional.of(crashed(pod, status, log));
        }
        return running(pod, status, events, log, now);
    }

    private static Optional<PodExplanation> waiting(
            Pod pod,
            ContainerStatus status,
            ContainerStateWaiting waiting,
            PodEvents events,
            LastLog log,
            Instant now) {
        String message = waiting.getMessage() == null ? "" : waiting.getMessage();
        String reason = waiting.getReason() == null ? "" : waiting.getReason();
        return switch (reason) {
            case "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "ErrImageNeverPull",
                    "RegistryUnavailable",
                    "ImageInspectError" -> Optional.of(pullFailure(status, message, events));
            case "CrashLoopBackOff" -> Optional.of(crashed(pod, status, log));
            case "CreateContainerConfigError" ->
                Optional.of(PodExplanation.of(
                        Reason.MISSING_CONFIGURATION, title(status) + " lacks its configuration: " + message));
            case "CreateContainerError", "RunContainerError", "StartError" ->
                Optional.of(PodExplanation.of(
                        CrashSign.in(message).map(CrashSign::reason).orElse(Reason.CONTAINER_NOT_CREATED),
                        "the node cannot start " + title(status) + ": " + message));
            // ContainerCreating, PodInitializing, and none: what happens meanwhile stands in the events.
            default -> starting(pod, status, events, now);
        };
    }

    private static PodExplanation pullFailure(ContainerStatus status, String message, PodEvents events) {
        String told = events.message(status.getName(), Set.of("Failed")).orElse("");
        return PullFailure.explain(status.getImage(), message + "\n" + told);
    }

    private static Optional<PodExplanation> starting(Pod pod, ContainerStatus status, PodEvents events, Instant now) {
        Optional<PodExplanation> pulling = events.pullingSince(status.getName())
                .map(since -> PodExplanation.of(
                        Reason.PULLING, "pulling " + status.getImage() + " for " + seconds(since, now)));
        if (pulling.isPresent()) {
            return pulling;
        }
        if (isInitializing(pod, now)) {
            return Optional.empty();
        }
        return events.volumeTrouble()
                .or(events::sandboxTrouble)
                .or(() -> Optional.of(PodExplanation.of(Reason.STARTING, title(status) + " is being made")));
    }

    private static boolean isInitializing(Pod pod, Instant now) {
        return PodExplanation.condition(pod, "Initialized")
                        .filter(condition -> "False".equals(condition.getStatus()))
                        .isPresent()
                && pod.getStatus().getInitContainerStatuses().stream()
                        .anyMatch(init -> init.getState() != null
                                && (init.getState().getRunning() != null || hasCrashed(init, now)));
    }

    private static PodExplanation crashed(Pod pod, ContainerStatus status, LastLog log) {
        Optional<ContainerStateTerminated> end = LastEnd.of(status);
        int times = status.getRestartCount() == null ? 0 : status.getRestartCount();
        String how = end.map(ContainerTrouble::how).orElse("it ends");
        boolean isOutOfMemory =
                end.map(last -> "OOMKilled".equals(last.getReason())).orElse(false);
        if (isOutOfMemory) {
            return new PodExplanation(
                    Reason.OUT_OF_MEMORY, title(status) + " ran out of memory (" + how + ")", lastLines(log));
        }
        Reason plain = times > 1 ? Reason.CRASH_LOOP : Reason.CRASHED;
        Reason silent = isMetadataStore(pod, status) ? Reason.MLMD_SEGFAULT : Reason.SEGFAULT;
        Cause cause = end.map(last -> Cause.of(last, log, plain, silent)).orElse(new Cause(plain, ""));
        String text = title(status)
                + (times > 1 ? " crashes again and again: " : " crashed: ")
                + how
                + (times > 0 ? ", restarted " + times + (times == 1 ? " time" : " times") : "")
                + (cause.meaning().isEmpty() ? "" : "; " + cause.meaning());
        return new PodExplanation(cause.reason(), text, lastLines(log));
    }

    /** By its pod: the status may name an image by its digest alone. */
    private static boolean isMetadataStore(Pod pod, ContainerStatus status) {
        return pod.getSpec() != null
                && pod.getSpec().getContainers().stream()
                        .filter(container -> container.getName().equals(status.getName()))
                        .map(container -> ImageName.parse(container.getImage()).repository())
                        .anyMatch(repository -> repository.endsWith(METADATA_STORE));
    }

    /** Why it crashed, as far as its log and exit code tell. @param meaning a main clause; empty when they do not */
    private record Cause(Reason reason, String meaning) {
        static Cause of(ContainerStateTerminated end, LastLog log, Reason plain, Reason silent) {
            Optional<CrashSign> sign = CrashSign.in(log.text());
            if (sign.isPresent()) {
                return new Cause(sign.get().reason(), sign.get().meaning());
            }
            if (end.getExitCode() == SEGFAULT && log.isEmpty()) {
                return new Cause(silent, "its log is empty");
            }
            return new Cause(end.getExitCode() == KILL ? Reason.KILLED : plain, "");
        }
    }

    /** {@code exit code 139 (SIGSEGV)}. */
    static String how(ContainerStateTerminated end) {
        int code = end.getExitCode();
        String signal = SIGNALS.get(code - SIGNAL_BASE);
        boolean hasReason = end.getReason() != null
                && !end.getReason().equals("Error")
                && !end.getReason().equals("Completed");
        String detail =
                signal != null ? signal + (hasReason ? ", " + end.getReason() : "") : hasReason ? end.getReason() : "";
        return "exit code " + code + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    private static Optional<PodExplanation> running(
            Pod pod, ContainerStatus status, PodEvents events, LastLog log, Instant now) {
        String since = startedAt(status)
                .map(started -> " for " + seconds(started, now))
                .orElse("");
        boolean isInit = pod.getStatus().getInitContainerStatuses().contains(status);
        if (isInit) {
            boolean isSidecar = pod.getSpec().getInitContainers().stream()
                    .filter(container -> container.getName().equals(status.getName()))
                    .anyMatch(ContainerTrouble::isSidecar);
            return isSidecar
                    ? Optional.empty()
                    : Optional.of(PodExplanation.of(Reason.INIT_RUNNING, "init " + title(status) + " has run" + since));
        }
        if (Boolean.TRUE.equals(status.getReady())) {
            return hasCrashed(status, now) ? Optional.of(crashed(pod, status, log)) : Optional.empty();
        }
        return events.message(status.getName(), Set.of("Unhealthy"))
                .map(message -> probeFailing(status, message))
                .or(() -> Optional.of(PodExplanation.of(
                        Reason.NOT_READY_YET, title(status) + " has run" + since + " and is not ready yet")));
    }

    /** Upstream names some containers container. */
    private static String title(ContainerStatus status) {
        return status.getName().equals("container") ? "container" : "container " + status.getName();
    }

    private static boolean isSidecar(Container container) {
        return "Always".equals(container.getRestartPolicy());
    }

    private static PodExplanation probeFailing(ContainerStatus status, String message) {
        return PodExplanation.of(Reason.PROBE_FAILING, title(status) + " runs but is not ready: " + message.strip());
    }

    private static String seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toSeconds()) + " s";
    }

    private static List<String> lastLines(LastLog log) {
        List<String> lines = log.text().lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    }
}
