package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a log comes from.
 *
 * @param run id of the container's run; another one after a restart
 * @param isPrevious whether it is of the run before the one that is there now
 */
public record LogSource(String namespace, String pod, String container, String run, boolean isPrevious) {
    /**
     * All logs that the pod has: of init containers first, and of each container that crashed and was started again the
     * run before first, since that one tells why.
     */
    public static List<LogSource> of(Pod pod) {
        List<LogSource> sources = new ArrayList<>();
        ContainerTrouble.statuses(pod).forEach(status -> {
            if (hasPrevious(status)) {
                sources.add(of(pod, status, true));
            }
            if (hasStarted(status)) {
                sources.add(of(pod, status, false));
            }
        });
        return sources;
    }

    /** Of the run that a container is in, or that it ended with. */
    public static LogSource ofThisRun(Pod pod, ContainerStatus status) {
        return of(pod, status, false);
    }

    private static LogSource of(Pod pod, ContainerStatus status, boolean isPrevious) {
        String run = isPrevious ? status.getLastState().getTerminated().getContainerID() : status.getContainerID();
        return new LogSource(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                status.getName(),
                String.valueOf(run),
                isPrevious);
    }

    /** Only of a crash: what ended well tells nothing. */
    private static boolean hasPrevious(ContainerStatus status) {
        return status.getLastState() != null
                && status.getLastState().getTerminated() != null
                && status.getLastState().getTerminated().getExitCode() != 0;
    }

    private static boolean hasStarted(ContainerStatus status) {
        return status.getState() != null
                && (status.getState().getRunning() != null || status.getState().getTerminated() != null);
    }

    /** For people: {@code store-1/main}. */
    public String id() {
        return pod + "/" + container + (isPrevious ? " (previous run)" : "");
    }
}
