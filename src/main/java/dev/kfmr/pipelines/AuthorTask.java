package dev.kfmr.pipelines;

import java.util.List;
import java.util.Optional;

/**
 * A task under the name that its author gave it. KFP shows it late, among entries of its own: the run itself, {@code
 * root}, {@code executor}, and a {@code -driver} for each.
 *
 * @param state pending until KFP shows it
 * @param isPrepared whether KFP's driver works on it, or has
 * @param nodes Argo's nodes below it
 */
public record AuthorTask(String name, RunState state, boolean isPrepared, List<String> nodes) {
    private static final String DRIVER = "-driver";

    public AuthorTask {
        nodes = List.copyOf(nodes);
    }

    /** Those of a pipeline, in its order, as they are in a run. */
    public static List<AuthorTask> of(CompiledPipeline pipeline, Run run) {
        return pipeline.tasks().stream().map(name -> of(name, run)).toList();
    }

    private static AuthorTask of(String name, Run run) {
        Optional<RunTask> shown = find(name, run);
        boolean isPrepared = shown.isPresent() || find(name + DRIVER, run).isPresent();
        RunState state = shown.map(RunTask::state)
                .filter(known -> known != RunState.UNKNOWN)
                .orElse(RunState.PENDING);
        return new AuthorTask(
                name, state, isPrepared, shown.map(RunTask::childNodes).orElse(List.of()));
    }

    private static Optional<RunTask> find(String name, Run run) {
        return run.tasks().stream().filter(task -> task.name().equals(name)).findFirst();
    }

    /** Whether a pod of the run carries out this task: the node's number stands at the end of its name. */
    public boolean isCarriedOutBy(String pod) {
        String number = pod.substring(pod.lastIndexOf('-') + 1);
        return nodes.stream().anyMatch(node -> node.endsWith("-" + number));
    }
}
