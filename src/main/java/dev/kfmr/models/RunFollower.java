package dev.kfmr.models;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.ComponentState;
import dev.kfmr.pipelines.AuthorTask;
import dev.kfmr.pipelines.CompiledPipeline;
import dev.kfmr.pipelines.PipelinesClient;
import dev.kfmr.pipelines.PythonFailure;
import dev.kfmr.pipelines.Run;
import dev.kfmr.pipelines.RunPods;
import dev.kfmr.pipelines.RunPods.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Watches a run to its end, and tells of its tasks under the names that their author gave them. */
final class RunFollower {
    /** Pods tell why a task does not go on: no news for a while after it was told. */
    private static final int LOOKS_FOR_EACH_LOOK_AT_PODS = 3;

    private static final int LINES_OF_TRACEBACK = 6;

    private final PipelinesClient pipelines;
    private final RunPods pods;
    private final Progress progress;
    private final Duration pause;

    /** @param pause between two looks at the run */
    RunFollower(PipelinesClient pipelines, RunPods pods, Progress progress, Duration pause) {
        this.pipelines = pipelines;
        this.pods = pods;
        this.progress = progress;
        this.pause = pause;
    }

    /**
     * @return the run, which succeeded
     * @throws KfmrException exit 4 {@code run.failed} with the exception that a component ended with, {@code run.gone};
     *     exit 5 {@code run.not-ended}, with why, when the deadline passes
     */
    Run follow(CompiledPipeline pipeline, Run started, Deadline deadline) {
        List<Trouble> troubles = List.of();
        for (int looks = 0; ; looks++) {
            Run run = pipelines.run(started.id()).orElseThrow(() -> gone(started));
            if (run.state().isFinal()) {
                tell(pipeline, run, List.of());
                return succeeded(pipeline, run);
            }
            if (looks % LOOKS_FOR_EACH_LOOK_AT_PODS == 0 || deadline.passed()) {
                troubles = troubles(run);
            }
            tell(pipeline, run, troubles);
            if (deadline.passed()) {
                throw notEnded(run, deadline, states(pipeline, run, troubles));
            }
            deadline.sleep(pause, "following the run " + run.name());
        }
    }

    private List<Trouble> troubles(Run run) {
        return run.workflow().map(pods::troubles).orElse(List.of());
    }

    private void tell(CompiledPipeline pipeline, Run run, List<Trouble> troubles) {
        progress.components(states(pipeline, run, troubles));
    }

    private static List<ComponentState> states(CompiledPipeline pipeline, Run run, List<Trouble> troubles) {
        List<AuthorTask> tasks = AuthorTask.of(pipeline, run);
        Optional<AuthorTask> first =
                tasks.stream().filter(task -> !task.state().isFinal()).findFirst();
        return tasks.stream()
                .map(task -> state(
                        task,
                        troubles.stream()
                                .filter(trouble -> isOf(task, trouble, tasks, first))
                                .map(Trouble::why)
                                .toList()))
                .toList();
    }

    /** A pod of no task, such as the first driver, stands in the way of the first task that has not ended. */
    private static boolean isOf(AuthorTask task, Trouble trouble, List<AuthorTask> tasks, Optional<AuthorTask> first) {
        boolean isClaimed = tasks.stream().anyMatch(each -> each.has(trouble.node()));
        return isClaimed ? task.has(trouble.node()) : first.filter(task::equals).isPresent();
    }

    private static ComponentState state(AuthorTask task, List<String> reasons) {
        if (task.state().isFinal()) {
            boolean isGood = task.state().isGood();
            return new ComponentState(
                    task.name(),
                    isGood ? 1 : 0,
                    1,
                    isGood ? List.of() : List.of(task.state().word()));
        }
        List<String> waitingFor = new ArrayList<>();
        waitingFor.add(task.isPrepared() ? task.state().word() : "its turn has not come");
        waitingFor.addAll(reasons);
        return new ComponentState(task.name(), 0, 1, waitingFor);
    }

    private Run succeeded(CompiledPipeline pipeline, Run run) {
        if (run.state().isGood()) {
            return run;
        }
        List<Trouble> troubles = troubles(run);
        String tasks = AuthorTask.of(pipeline, run).stream()
                .filter(task -> task.state().isFinal() && !task.state().isGood())
                .map(AuthorTask::name)
                .collect(Collectors.joining(", "));
        throw new KfmrException(
                ExitCode.UPSTREAM,
                "run.failed",
                "The run " + run.name() + " has " + run.state().word() + (tasks.isEmpty() ? "." : ": " + tasks + "."),
                reason(run, troubles),
                troubles.stream()
                        .findFirst()
                        .map(trouble -> "Its log has more, container main of the pod " + trouble.pod() + ".")
                        .orElse("Look at the run in the Pipelines UI: kfmr open pipelines"));
    }

    private static String reason(Run run, List<Trouble> troubles) {
        return troubles.stream()
                .map(Trouble::exception)
                .flatMap(Optional::stream)
                .findFirst()
                .map(RunFollower::lastLines)
                .or(() -> troubles.stream().map(Trouble::why).findFirst())
                .or(() -> Optional.of(run.error()).filter(error -> !error.isEmpty()))
                .orElse("Neither Pipelines nor the run's pods say why.");
    }

    private static String lastLines(PythonFailure failure) {
        List<String> lines = failure.traceback();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_TRACEBACK), lines.size()));
    }

    private static KfmrException notEnded(Run run, Deadline deadline, List<ComponentState> states) {
        String reasons = states.stream()
                .filter(state -> !state.isReady())
                .map(state -> state.name() + ": " + String.join("; ", state.waitingFor()))
                .collect(Collectors.joining("\n"));
        return new KfmrException(
                ExitCode.NOT_READY,
                "run.not-ended",
                "The run " + run.name() + " has not ended after "
                        + deadline.limit().toSeconds() + " s.",
                reasons,
                "If it only needs longer, give it more time with --timeout. A first run pulls an image of 50 MB and"
                        + " installs Python packages.");
    }

    private static KfmrException gone(Run run) {
        return new KfmrException(
                ExitCode.UPSTREAM,
                "run.gone",
                "The run " + run.name() + " is not there any more.",
                "Somebody deleted it while it ran.",
                "Run the same command again: it starts another one.");
    }
}
