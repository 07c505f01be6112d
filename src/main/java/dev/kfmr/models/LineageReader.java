package dev.kfmr.models;

import dev.kfmr.core.KfmrException;
import dev.kfmr.install.Installed;
import dev.kfmr.pipelines.Pipeline;
import dev.kfmr.pipelines.PipelinesClient;
import dev.kfmr.pipelines.Run;
import dev.kfmr.registry.ModelSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Follows what the registry says of an artifact's source back to the run and its pipeline. */
public final class LineageReader {
    private final Supplier<PipelinesClient> pipelines;
    private final Optional<String> runPage;

    /**
     * @param pipelines asked for only when there is a run to look for
     * @param runPage address of a run's page, with <code>{run}</code> for its id; empty where there is none
     */
    public LineageReader(Supplier<PipelinesClient> pipelines, Optional<String> runPage) {
        this.pipelines = pipelines;
        this.runPage = runPage;
    }

    public static LineageReader of(Installed installed) {
        Optional<String> page = installed
                .plan()
                .pipelines()
                .flatMap(installed.plan()::forward)
                .filter(forward -> !installed.connect().runPage().isEmpty())
                .map(forward -> forward.address() + installed.connect().runPage());
        return new LineageReader(installed::pipelines, page);
    }

    /** Never fails for a run that cannot be read: what the registry knows is told in any case. */
    Lineage of(ModelSource source) {
        if (!source.isPipelineRun()) {
            return new Lineage(source, "", "", "");
        }
        String page = runPage.map(text -> text.replace("{run}", source.id())).orElse("");
        try {
            PipelinesClient client = pipelines.get();
            Optional<Run> run = client.run(source.id());
            if (run.isEmpty()) {
                return new Lineage(source, page, "", "the run is not there any more");
            }
            return new Lineage(source, page, pipeline(client, run.get()), "");
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            return new Lineage(source, page, "", e.what());
        }
    }

    private static String pipeline(PipelinesClient client, Run run) {
        return run.pipelineId().isEmpty()
                ? ""
                : client.pipeline(run.pipelineId()).map(Pipeline::name).orElse("");
    }
}
