package dev.kfmr.pipelines;

import com.fasterxml.jackson.databind.JsonNode;

/** One version of a pipeline: what a run runs. */
public record PipelineVersion(String pipelineId, String id, String name) {
    static PipelineVersion of(JsonNode json) {
        String displayName = json.path("display_name").asText("");
        return new PipelineVersion(
                json.path("pipeline_id").asText(""),
                json.path("pipeline_version_id").asText(""),
                json.path("name").asText(displayName));
    }
}
