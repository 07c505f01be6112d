package dev.kfmr.pipelines;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task under the name that its author gave it. KFP shows it late, among entries of its own: the run itself, {@code
 * root}, {@code executor}, and a {@code -driver} for each.
 *
 * @param state pending until KFP shows it
 * @param isPrepared whether KFP's driver works on it, or has
 */
public record AuthorTask(String name, RunState state, boolean isPrepared) {
    private static final String DRIVER = "-driver";

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
        return new AuthorTask(name, state, isPrepared);
    }

    private static Optional<RunTask> find(String name, Run run) {
        return run.tasks().stream().filter(task -> task.name().equals(name)).findFirst();
    }

    /**
     * Whether what runs in a node of Argo's is this task, or its driver.
     *
     * @param node its name, such as {@code show-jqh8s.root.show.executor}. Where each step may be tried again, as Pipelines
     *     2.17 has it, each part tells which try it is: {@code show-jqh8s(0).root(0).show(0).executor(0)}
     */
    public boolean has(String node) {
        return Stream.of(node.split("\\.", -1))
                .map(part -> part.replaceFirst("\\(.*", ""))
                .anyMatch(part -> part.equals(name) || part.equals(name + DRIVER));
    }
}
