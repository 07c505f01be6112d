package dev.kfmr.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kfmr.pipelines.CompiledPipeline;
import dev.kfmr.profile.YamlDocuments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * The API server of Pipelines 2.16.1 as it was recorded, with what it keeps. A run goes one recorded state further with
 * each look at it.
 */
final class PipelinesContract {
    private static final String EPOCH = "1970-01-01T00:00:00Z";

    /** The states as they were polled: name and state of each task; {@code %} stands for the author's task. */
    private static final List<String> STATES = List.of(
            "",
            "@ RUNNING,root-driver PENDING",
            "@ RUNNING,root-driver SUCCEEDED,%-driver PENDING,root RUNNING",
            "% RUNNING,@ RUNNING,root-driver SUCCEEDED,executor PENDING,%-driver SUCCEEDED,root RUNNING",
            "% RUNNING,@ RUNNING,root-driver SUCCEEDED,executor RUNNING,%-driver SUCCEEDED,root RUNNING,?");

    private static final String GOOD_END =
            "% SUCCEEDED,@ SUCCEEDED,root-driver SUCCEEDED,executor SUCCEEDED," + "%-driver SUCCEEDED,root SUCCEEDED,?";
    private static final String BAD_END =
            "% FAILED,@ FAILED,root-driver SUCCEEDED,executor FAILED,%-driver SUCCEEDED,root FAILED,?";

    private final Map<String, ObjectNode> pipelines = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, ObjectNode> experiments = new LinkedHashMap<>();
    private final Map<String, ObjectNode> runs = new LinkedHashMap<>();
    private final Map<String, Integer> looks = new LinkedHashMap<>();
    private final Consumer<JsonNode> onSuccess;

    private boolean failing;
    private boolean stuck;
    private boolean endless;

    /** @param onSuccess told each run that succeeds, once */
    PipelinesContract(Consumer<JsonNode> onSuccess) {
        this.onSuccess = onSuccess;
    }

    void failRuns() {
        failing = true;
    }

    /** As with an image that cannot be pulled: the run goes on for ever. */
    void stickRuns() {
        stuck = true;
    }

    /** As when Argo's workflow cannot be changed. */
    void refuseToEndRuns() {
        endless = true;
    }

    List<JsonNode> runs() {
        return List.copyOf(runs.values());
    }

    int pipelines() {
        return pipelines.size();
    }

    MockResponse answer(String path, RecordedRequest request) {
        String call = request.getMethod() + " " + path;
        if (call.equals("POST pipelines/upload")) {
            return upload(request);
        }
        if (call.startsWith("GET pipelines/names/")) {
            return named(path.substring("pipelines/names/".length()), namespace(request));
        }
        if (call.matches("GET pipelines/[^/]+")) {
            ObjectNode pipeline = pipelines.get(path.split("/", -1)[1]);
            return pipeline == null ? missing("pipeline", path) : Answers.json(200, pipeline);
        }
        if (call.equals("GET pipelines")) {
            return list("pipelines", in(namespace(request), pipelines.values()));
        }
        if (call.matches("GET pipelines/[^/]+/versions")) {
            return versions(path.split("/", -1)[1]);
        }
        if (call.matches("DELETE pipelines/[^/]+/versions/[^/]+")) {
            files.remove(path.split("/", -1)[1]);
            return Answers.json(200, "{}");
        }
        if (call.matches("DELETE pipelines/[^/]+")) {
            return deletePipeline(path.split("/", -1)[1]);
        }
        if (call.equals("POST experiments")) {
            return experiment(Answers.body(request));
        }
        if (call.equals("GET experiments")) {
            return list("experiments", in(namespace(request), experiments.values()));
        }
        if (call.matches("DELETE experiments/.*")) {
            experiments.remove(path.split("/", -1)[1]);
            return Answers.json(200, "{}");
        }
        return runs(call, path, request);
    }

    private MockResponse runs(String call, String path, RecordedRequest request) {
        if (call.equals("POST runs")) {
            return start(Answers.body(request));
        }
        if (call.equals("GET runs")) {
            return list("runs", runs.values());
        }
        if (call.matches("POST runs/[^/:]+:terminate")) {
            return terminate(path.split("[/:]", -1)[1]);
        }
        if (call.matches("GET runs/[^/]+")) {
            return look(path.split("/", -1)[1]);
        }
        if (call.matches("DELETE runs/[^/]+")) {
            runs.remove(path.split("/", -1)[1]);
            return Answers.json(200, "{}");
        }
        return Answers.of(404, "text/plain", "404 page not found");
    }

    /**
     * TerminateRun of upstream's backend/src/apiserver: storage/run_store.go changes the row of a run that has not ended,
     * and takes it for a wrong request when there is none; then resource/resource_manager.go changes Argo's workflow.
     */
    private MockResponse terminate(String id) {
        ObjectNode run = runs.get(id);
        if (run == null) {
            return missing("run", "Run " + id);
        }
        if (!run.path("state").asText().matches("PAUSED|PENDING|RUNNING|RUNTIME_STATE_UNSPECIFIED")) {
            return Answers.json(400, failure(3, "Failed to terminate a run " + id + ". Row not found"));
        }
        if (endless) {
            return Answers.json(
                    500,
                    failure(13, "Internal Server Error")
                            .put(
                                    "message",
                                    "Failed to terminate run " + id + " due to error terminating its workflow"));
        }
        run.put("state", "CANCELING");
        return Answers.json(200, "{}");
    }

    private MockResponse upload(RecordedRequest request) {
        String name = String.valueOf(request.getUrl().queryParameter("name"));
        String file = file(Answers.text(request));
        if (YamlDocuments.parse(file, "upload").get(0).get("pipelineInfo") == null) {
            return Answers.of(
                    400,
                    "text/plain",
                    "{\"error_message\":\"Failed to create a pipeline and a pipeline version\",\"error_details\":\"Failed to read a pipeline spec file\\ngithub.com/kubeflow/…\"}");
        }
        // server/pipeline_upload_server.go reads the namespace; model/pipeline.go has one name once in a namespace.
        if (in(namespace(request), pipelines.values()).stream()
                .anyMatch(known -> known.path("name").asText().equals(name))) {
            return Answers.json(
                    409,
                    "{\"error_message\":\"Failed to create a pipeline and a pipeline version\",\"error_details\":\"Failed to create a pipeline and a pipeline version\\ngithub.com/kubeflow/…\"}");
        }
        String id = UUID.randomUUID().toString();
        ObjectNode pipeline = Answers.object()
                .put("pipeline_id", id)
                .put("display_name", name)
                .put("name", name)
                .put("created_at", "2026-11-24T11:39:57Z")
                .put("a_field_of_tomorrow", 1);
        if (!namespace(request).isEmpty()) {
            pipeline.put("namespace", namespace(request));
        }
        pipelines.put(id, pipeline);
        files.put(id, file);
        return Answers.json(200, pipeline);
    }

    /** Out of a form of one field. */
    private static String file(String form) {
        int start = form.indexOf("\r\n\r\n") + 4;
        return form.substring(start, form.lastIndexOf("\r\n--"));
    }

    private MockResponse named(String name, String namespace) {
        return in(namespace, pipelines.values()).stream()
                .filter(known -> known.path("name").asText().equals(name))
                .findFirst()
                .map(known -> Answers.json(200, known))
                .orElseGet(() -> missing("pipeline", "Pipeline " + name));
    }

    private MockResponse versions(String id) {
        ObjectNode pipeline = pipelines.get(id);
        if (pipeline == null) {
            return missing("pipeline", "Pipeline " + id);
        }
        ObjectNode answer = Answers.object();
        if (files.containsKey(id)) {
            answer.putArray("pipeline_versions").add(version(pipeline));
        }
        return Answers.json(200, answer);
    }

    /** The first version has the pipeline's name. */
    private static ObjectNode version(ObjectNode pipeline) {
        ObjectNode version = pipeline.deepCopy();
        version.put("pipeline_version_id", "v-" + pipeline.path("pipeline_id").asText());
        version.putObject("pipeline_spec").putObject("pipelineInfo");
        return version;
    }

    private MockResponse deletePipeline(String id) {
        if (files.containsKey(id)) {
            return Answers.json(400, "{\"code\":9, \"message\":\"it has versions\", \"details\":[]}");
        }
        pipelines.remove(id);
        return Answers.json(200, "{}");
    }

    private static String namespace(RecordedRequest request) {
        String namespace = request.getUrl().queryParameter("namespace");
        return namespace == null ? "" : namespace;
    }

    private static List<ObjectNode> in(String namespace, Collection<ObjectNode> all) {
        return all.stream()
                .filter(known -> known.path("namespace").asText("").equals(namespace))
                .toList();
    }

    private MockResponse experiment(JsonNode body) {
        String name = body.path("display_name").asText();
        if (in(body.path("namespace").asText(""), experiments.values()).stream()
                .anyMatch(known -> known.path("display_name").asText().equals(name))) {
            return Answers.json(
                    409,
                    failure(
                            6,
                            "Failed to create an experiment. The name " + name
                                    + " already exists. Please specify a new name"));
        }
        String id = UUID.randomUUID().toString();
        ObjectNode experiment = Answers.object()
                .put("experiment_id", id)
                .put("display_name", name)
                .put("created_at", "2026-11-24T11:39:57Z")
                .put("storage_state", "AVAILABLE")
                .put("last_run_created_at", EPOCH);
        if (body.has("namespace")) {
            experiment.set("namespace", body.get("namespace"));
        }
        experiments.put(id, experiment);
        return Answers.json(200, experiment);
    }

    private MockResponse start(JsonNode body) {
        JsonNode reference = body.path("pipeline_version_reference");
        String file = files.get(reference.path("pipeline_id").asText());
        if (file == null || !reference.path("pipeline_version_id").asText().startsWith("v-")) {
            return Answers.json(
                    500,
                    "{\"code\":13, \"message\":\"Failed to create a run: the version is not there\", \"details\":[{\"message\":\"Internal Server Error\"}]}");
        }
        List<String> unknown = new ArrayList<>();
        body.path("runtime_config").path("parameters").fieldNames().forEachRemaining(name -> {
            if (!file.contains(name + ":")) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            return Answers.json(
                    400,
                    failure(3, "parameter(s) provided are not required by pipeline: " + String.join(", ", unknown)));
        }
        String id = UUID.randomUUID().toString();
        ObjectNode run = body.deepCopy();
        run.put("run_id", id)
                .put("state", "PENDING")
                .put("service_account", "pipeline-runner")
                .put("finished_at", EPOCH);
        runs.put(id, run);
        looks.put(id, 0);
        return Answers.json(200, run);
    }

    private MockResponse look(String id) {
        ObjectNode run = runs.get(id);
        if (run == null) {
            return missing("run", "Run " + id);
        }
        int look = Objects.requireNonNull(looks.merge(id, 1, Integer::sum));
        boolean isOver = run.path("state").asText().matches("SUCCEEDED|FAILED|CANCELED|CANCELING");
        if (!isOver) {
            advance(run, look);
        }
        return Answers.json(200, run);
    }

    private void advance(ObjectNode run, int look) {
        if (look <= STATES.size() || stuck) {
            int state = Math.min(look, stuck ? 4 : STATES.size()) - 1;
            run.put("state", state == 0 ? "PENDING" : "RUNNING");
            tasks(run, STATES.get(state));
        } else {
            run.put("state", failing ? "FAILED" : "SUCCEEDED").putNull("error");
            tasks(run, failing ? BAD_END : GOOD_END);
            if (!failing) {
                onSuccess.accept(run);
            }
        }
    }

    private void tasks(ObjectNode run, String recorded) {
        if (recorded.isEmpty()) {
            return;
        }
        String file = Objects.requireNonNull(files.get(
                run.path("pipeline_version_reference").path("pipeline_id").asText()));
        String author = CompiledPipeline.read(file).tasks().get(0);
        ArrayNode tasks = run.putObject("run_details").putArray("task_details");
        for (String entry : recorded.split(",", -1)) {
            ObjectNode task = tasks.addObject()
                    .put("task_id", UUID.randomUUID().toString())
                    .put("end_time", EPOCH);
            String[] words = entry.split(" ", -1);
            if (words.length == 2) {
                task.put("display_name", words[0].replace("@", "demo-jqh8s").replace("%", author))
                        .put("state", words[1]);
                task.putArray("child_tasks")
                        .addObject()
                        .put("pod_name", "demo-jqh8s-" + words[0].hashCode() % 1000 + 5000);
            }
        }
    }

    private static MockResponse list(String key, Collection<ObjectNode> items) {
        ObjectNode answer = Answers.object();
        if (!items.isEmpty()) {
            answer.putArray(key).addAll(items);
            answer.put("total_size", items.size());
        }
        return Answers.json(200, answer);
    }

    private static MockResponse missing(String what, String who) {
        return Answers.json(
                404,
                failure(5, who + " not found")
                        .put(
                                "message",
                                "Failed to get a " + what + ". Check error stack: ResourceNotFoundError: " + who
                                        + " not found"));
    }

    private static ObjectNode failure(int code, String message) {
        ObjectNode failure = Answers.object().put("code", code).put("message", message);
        failure.putArray("details")
                .addObject()
                .put("@type", "type.googleapis.com/google.rpc.Status")
                .put("code", code)
                .put("message", message);
        return failure;
    }
}
