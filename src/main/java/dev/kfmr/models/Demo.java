package dev.kfmr.models;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.core.Resource;
import dev.kfmr.core.Sha256;
import dev.kfmr.install.StageClock;
import dev.kfmr.pipelines.CompiledPipeline;
import dev.kfmr.pipelines.Pipeline;
import dev.kfmr.pipelines.PipelineVersion;
import dev.kfmr.pipelines.PipelinesClient;
import dev.kfmr.pipelines.Run;
import dev.kfmr.pipelines.RunPods;
import dev.kfmr.registry.RegisteredModel;
import dev.kfmr.registry.RegistryClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves that a pipeline can register a model: uploads the example, runs it, follows it, and reads back what it
 * registered. A second time makes a second run and a second version, of the same pipeline and model.
 */
public final class Demo {
    /** Of the experiment, the registered model, and what the pipelines' names begin with. */
    public static final String NAME = "kfmr-demo";

    private static final String EXAMPLE = "/examples/register_model/pipeline.yaml";
    private static final int HASH_DIGITS = 8;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'");

    private final PipelinesClient pipelines;
    private final RegistryClient registry;
    private final LineageReader lineage;
    private final RunFollower follower;
    private final Progress progress;
    private final Clock clock;

    /** @param pause between two looks at the run */
    public Demo(
            PipelinesClient pipelines,
            RegistryClient registry,
            LineageReader lineage,
            RunPods pods,
            Progress progress,
            Duration pause,
            Clock clock) {
        this.pipelines = pipelines;
        this.registry = registry;
        this.lineage = lineage;
        this.follower = new RunFollower(pipelines, pods, progress, pause);
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * @param registryAddress as the run's pod reaches it
     * @param keep whether a run that does not end in time, or is interrupted, goes on
     */
    public record Request(String registryAddress, boolean keep) {}

    /** @param registered the model, with what this very run registered */
    public record Result(Run run, Pipeline pipeline, ModelReport registered) {}

    /**
     * @throws KfmrException exit 4 {@code run.failed}, {@code demo.not-registered}, {@code rest.refused}; exit 5 {@code
     *     run.not-ended}; exit 3 {@code rest.unanswered}
     */
    public Result run(Request request, Deadline deadline) {
        StageClock stages = new StageClock(progress);
        return stages.time(Stage.RUN, () -> {
            CompiledPipeline example = CompiledPipeline.read(Resource.text(Demo.class, EXAMPLE));
            // One pipeline for each content, so that a newer kfmr runs its own example.
            String hash = Sha256.hex(example.text()).substring(0, HASH_DIGITS);
            Pipeline pipeline = pipelines.upload(NAME + "-" + hash, example.text());
            progress.step(Stage.RUN, "uploaded the pipeline " + pipeline.name());
            Run run = followed(example, start(example, pipeline, request), request, deadline);
            return new Result(run, pipeline, registeredBy(run));
        });
    }

    private Run start(CompiledPipeline example, Pipeline pipeline, Request request) {
        PipelineVersion version = pipelines.versions(pipeline).stream()
                .findFirst()
                .orElseGet(() -> pipelines.uploadVersion(pipeline, pipeline.name(), example.text()));
        String name = NAME + " " + MOMENT.format(clock.instant().atOffset(ZoneOffset.UTC));
        Run run = pipelines.start(
                name,
                pipelines.experiment(NAME),
                version,
                Map.of("model_name", NAME, "registry_address", request.registryAddress()));
        progress.step(Stage.RUN, "started the run " + run.name());
        return run;
    }

    private Run followed(CompiledPipeline example, Run started, Request request, Deadline deadline) {
        try {
            return follower.follow(example, started, deadline);
        } catch (KfmrException e) {
            boolean goesOn = e.isInterrupt() || e.exitCode() == ExitCode.NOT_READY;
            if (goesOn && !request.keep()) {
                terminate(started);
            }
            throw e;
        }
    }

    /** Also on the way out of an interrupt, which would end this request before it is sent. */
    private void terminate(Run run) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            pipelines.terminate(run.id());
            progress.step(Stage.RUN, "ended the run " + run.name());
        } catch (KfmrException e) {
            progress.warning("The run " + run.name() + " goes on: " + e.what());
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ModelReport registeredBy(Run run) {
        registry.model(NAME).filter(RegisteredModel::isArchived).ifPresent(registry::restore);
        ModelReport all = new ModelReader(registry, lineage).show(NAME);
        List<ModelReport.Version> own = all.versions().stream()
                .filter(version -> version.artifacts().stream()
                        .anyMatch(artifact -> artifact.lineage().source().id().equals(run.id())))
                .toList();
        if (own.isEmpty()) {
            throw new KfmrException(
                    ExitCode.UPSTREAM,
                    "demo.not-registered",
                    "The run succeeded, but the registry has nothing that it registered.",
                    "None of the " + all.versions().size() + " versions of " + NAME + " names the run " + run.id()
                            + ".",
                    "See what it has: kfmr model show " + NAME);
        }
        return new ModelReport(all.model(), own);
    }

    /**
     * Takes away what demos left: runs, experiment and pipelines are deleted, the model is archived.
     *
     * @return what it was, for people; empty when there was nothing
     */
    public List<String> clean() {
        List<String> gone = new ArrayList<>();
        Optional<String> experiment = pipelines.existingExperiment(NAME);
        experiment.ifPresent(id -> {
            List<Run> runs = pipelines.runs(id);
            runs.forEach(run -> pipelines.deleteRun(run.id()));
            pipelines.deleteExperiment(id);
            gone.add("deleted the experiment " + NAME + " and its " + runs.size() + " runs");
        });
        pipelines.pipelines().stream()
                .filter(pipeline -> pipeline.name().startsWith(NAME + "-"))
                .forEach(pipeline -> {
                    pipelines.delete(pipeline);
                    gone.add("deleted the pipeline " + pipeline.name());
                });
        registry.model(NAME).filter(model -> !model.isArchived()).ifPresent(model -> {
            registry.archive(model);
            gone.add("archived the model " + NAME + ": the registry deletes nothing");
        });
        return gone;
    }
}
