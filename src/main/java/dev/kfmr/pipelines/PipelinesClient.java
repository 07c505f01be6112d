package dev.kfmr.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.rest.RestAnswer;
import dev.kfmr.rest.RestClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Kubeflow Pipelines' REST API v2beta1. What has a name can be made twice: the second time gives what is there. Lives
 * with unknown fields, and with fields that are not there. Every method throws {@link KfmrException}, exit 4 {@code
 * rest.refused} or exit 3 {@code rest.unanswered}.
 */
public final class PipelinesClient {
    private static final int PAGE_SIZE = 100;
    private static final String FORM_FIELD = "uploadfile";
    private static final String FILE_NAME = "pipeline.yaml";

    private final RestClient rest;
    private final String namespace;

    /** Of an installation for one user. @param rest its base is the API's, version included */
    public PipelinesClient(RestClient rest) {
        this(rest, "");
    }

    /**
     * @param rest its base is the API's, version included
     * @param namespace that pipelines and experiments belong to in multi-user mode; empty outside of it. A pipeline of no
     *     namespace would be shown to all users, and later releases let no user upload or delete one
     *     (kubeflow/pipelines#13288, kubeflow/pipelines#14352)
     */
    public PipelinesClient(RestClient rest, String namespace) {
        this.rest = rest;
        this.namespace = namespace;
    }

    private Map<String, String> inNamespace() {
        return namespace.isEmpty() ? Map.of() : Map.of("namespace", namespace);
    }

    private Map<String, String> inNamespace(Map<String, String> query) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.putAll(inNamespace());
        return all;
    }

    /**
     * The pipeline of that name, uploaded if there is none. One that is there stays as it is.
     *
     * @param compiled what the kfp compiler wrote
     */
    public Pipeline upload(String name, String compiled) {
        RestAnswer answer = rest.upload(
                "pipelines/upload",
                inNamespace(Map.of("name", name, "display_name", name)),
                FORM_FIELD,
                FILE_NAME,
                compiled);
        return answer.isConflict()
                ? named(name).orElseGet(() -> Pipeline.of(answer.successWith("pipeline_id")))
                : Pipeline.of(answer.successWith("pipeline_id"));
    }

    public Optional<Pipeline> named(String name) {
        return pipelineAt("pipelines/names/" + name, inNamespace());
    }

    public Optional<Pipeline> pipeline(String id) {
        return pipelineAt("pipelines/" + id, Map.of());
    }

    private Optional<Pipeline> pipelineAt(String path, Map<String, String> query) {
        RestAnswer answer = rest.get(path, query);
        return answer.isNotFound() ? Optional.empty() : Optional.of(Pipeline.of(answer.successWith("pipeline_id")));
    }

    public List<Pipeline> pipelines() {
        return all("pipelines", inNamespace(), "pipelines", Pipeline::of);
    }

    /** Never empty for a pipeline that was uploaded: the first has the pipeline's name. */
    public List<PipelineVersion> versions(Pipeline pipeline) {
        return all("pipelines/" + pipeline.id() + "/versions", Map.of(), "pipeline_versions", PipelineVersion::of);
    }

    /** The version of that name, uploaded if there is none. */
    public PipelineVersion uploadVersion(Pipeline pipeline, String name, String compiled) {
        RestAnswer answer = rest.upload(
                "pipelines/upload_version",
                Map.of("name", name, "pipelineid", pipeline.id()),
                FORM_FIELD,
                FILE_NAME,
                compiled);
        if (!answer.isConflict()) {
            return PipelineVersion.of(answer.successWith("pipeline_version_id"));
        }
        return versions(pipeline).stream()
                .filter(version -> version.name().equals(name))
                .findFirst()
                .orElseGet(() -> PipelineVersion.of(answer.successWith("pipeline_version_id")));
    }

    /** The id of the experiment of that name, made if there is none. */
    public String experiment(String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("display_name", name);
        inNamespace().forEach(body::put);
        RestAnswer answer = rest.post("experiments", body.toString());
        return answer.isConflict()
                ? existingExperiment(name).orElseGet(() -> answer.successWith("experiment_id")
                        .path("experiment_id")
                        .asText(""))
                : answer.successWith("experiment_id").path("experiment_id").asText("");
    }

    public Optional<String> existingExperiment(String name) {
        return all("experiments", inNamespace(), "experiments", Function.identity()).stream()
                .filter(experiment -> experiment.path("display_name").asText("").equals(name))
                .map(experiment -> experiment.path("experiment_id").asText(""))
                .findFirst();
    }

    /**
     * Starts a run. Sent once only: should the answer get lost, a run of that name in that experiment is looked for.
     *
     * @param name one that no other run of the experiment has
     */
    public Run start(String name, String experimentId, PipelineVersion version, Map<String, String> parameters) {
        String body = runRequest(name, experimentId, version, parameters);
        try {
            return Run.of(rest.postOnce("runs", body).successWith("run_id"));
        } catch (KfmrException e) {
            if (!e.code().equals(RestClient.UNANSWERED)) {
                throw e;
            }
            return runs(experimentId).stream()
                    .filter(run -> run.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> Run.of(rest.postOnce("runs", body).successWith("run_id")));
        }
    }

    private static String runRequest(
            String name, String experimentId, PipelineVersion version, Map<String, String> parameters) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("display_name", name).put("experiment_id", experimentId);
        body.putObject("pipeline_version_reference")
                .put("pipeline_id", version.pipelineId())
                .put("pipeline_version_id", version.id());
        ObjectNode values = body.putObject("runtime_config").putObject("parameters");
        parameters.forEach(values::put);
        return body.toString();
    }

    public Optional<Run> run(String id) {
        RestAnswer answer = rest.get("runs/" + id);
        return answer.isNotFound() ? Optional.empty() : Optional.of(Run.of(answer.successWith("run_id")));
    }

    public List<Run> runs(String experimentId) {
        return all("runs", Map.of("experiment_id", experimentId), "runs", Run::of);
    }

    /** Asks a run to end; one that has ended, or was asked already, is left alone. */
    public void terminate(String runId) {
        RestAnswer answer = rest.post("runs/" + runId + ":terminate");
        // For such a run the server finds no row to change, and says that the request was wrong.
        if (!answer.isNotFound() && !answer.isInvalid()) {
            answer.success();
        }
    }

    public void deleteRun(String id) {
        delete("runs/" + id);
    }

    public void deleteExperiment(String id) {
        delete("experiments/" + id);
    }

    /** With its versions, which would keep it otherwise. */
    public void delete(Pipeline pipeline) {
        versions(pipeline).forEach(version -> delete("pipelines/" + pipeline.id() + "/versions/" + version.id()));
        delete("pipelines/" + pipeline.id());
    }

    private void delete(String path) {
        RestAnswer answer = rest.delete(path);
        if (!answer.isNotFound()) {
            answer.success();
        }
    }

    /** All pages. An empty list has no items at all. */
    private <T> List<T> all(String path, Map<String, String> query, String items, Function<JsonNode, T> reading) {
        List<T> all = new ArrayList<>();
        Map<String, String> asked = new LinkedHashMap<>(query);
        asked.put("page_size", String.valueOf(PAGE_SIZE));
        while (true) {
            JsonNode page = rest.get(path, asked).success();
            page.path(items).forEach(item -> all.add(reading.apply(item)));
            String next = page.path("next_page_token").asText("");
            if (next.isEmpty() || page.path(items).isEmpty()) {
                return all;
            }
            asked.put("page_token", next);
        }
    }
}
