package dev.kfmr.engine;

import dev.kfmr.core.Command;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Gets an engine by the system's own package manager. Asking for consent is the caller's part. */
public final class EngineInstaller {
    private static final Duration UNTIL_IT_ANSWERS = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, String> environment;
    private final Supplier<Engine> find;

    public EngineInstaller(Map<String, String> environment) {
        this(environment, () -> Engines.find(environment));
    }

    EngineInstaller(Map<String, String> environment, Supplier<Engine> find) {
        this.environment = Map.copyOf(environment);
        this.find = find;
    }

    /** The exact commands, to be shown before anything is run; empty where kfmr knows no way on this system. */
    public List<InstallStep> steps(SystemFacts system) {
        return SystemGuide.of(system).wholeWay();
    }

    /**
     * Runs them one by one, and waits until the engine answers.
     *
     * @throws KfmrException exit 3, {@code engine.install-failed} where a command failed; else as {@link Engines#find}
     */
    public Engine run(List<InstallStep> steps, Progress progress) {
        for (InstallStep step : steps) {
            progress.step(Progress.Stage.CHECK, step.title() + ": " + step.text());
            run(step);
        }
        return waitUntilItAnswers();
    }

    private void run(InstallStep step) {
        Command.Result result = Command.of(step.command())
                .withEnvironment(environment)
                .withLimit(step.limit())
                .run();
        if (!result.succeeded()) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "engine.install-failed",
                    "Cannot get a container engine: `" + step.text() + "` failed.",
                    result.timedOut()
                            ? "It did not end within " + step.limit().toMinutes() + " minutes."
                            : result.lastWords(),
                    "Run that command by hand to see all that it says, then run the same kfmr command again.");
        }
    }

    private Engine waitUntilItAnswers() {
        Deadline deadline = Deadline.in(UNTIL_IT_ANSWERS);
        while (true) {
            try {
                return find.get();
            } catch (KfmrException e) {
                if (!e.code().equals("engine.stopped") || deadline.passed()) {
                    throw e;
                }
                deadline.sleep(PAUSE, "waiting for the container engine");
            }
        }
    }
}
