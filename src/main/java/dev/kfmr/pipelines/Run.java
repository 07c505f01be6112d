package dev.kfmr.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A run as it is at one moment.
 *
 * @param pipelineId empty when it was made without a reference to a pipeline
 * @param error what the API says of a failure; empty even for most failed runs
 * @param tasks none at first; KFP's own among them
 */
public record Run(
        String id,
        String name,
        RunState state,
        String pipelineId,
        String pipelineVersionId,
        String error,
        List<RunTask> tasks) {
    public Run {
        tasks = List.copyOf(tasks);
    }

    static Run of(JsonNode json) {
        List<RunTask> tasks = new ArrayList<>();
        json.path("run_details").path("task_details").forEach(task -> tasks.add(RunTask.of(task)));
        JsonNode reference = json.path("pipeline_version_reference");
        return new Run(
                json.path("run_id").asText(""),
                json.path("display_name").asText(""),
                RunState.of(json.path("state").asText("")),
                reference.path("pipeline_id").asText(""),
                reference.path("pipeline_version_id").asText(""),
                json.path("error").path("message").asText(""),
                tasks);
    }

    /** The name of the Argo workflow that carries it out, as soon as a task tells: what its pods are labelled with. */
    public Optional<String> workflow() {
        return tasks.stream()
                .map(RunTask::childNodes)
                .flatMap(Collection::stream)
                .filter(node -> node.matches(".+-\\d+"))
                .map(node -> node.substring(0, node.lastIndexOf('-')))
                .findFirst();
    }
}
