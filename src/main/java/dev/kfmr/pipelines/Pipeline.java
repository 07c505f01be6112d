package dev.kfmr.pipelines;

import com.fasterxml.jackson.databind.JsonNode;

/** A pipeline that was uploaded. */
public record Pipeline(String id, String name) {
    static Pipeline of(JsonNode json) {
        String displayName = json.path("display_name").asText("");
        return new Pipeline(
                json.path("pipeline_id").asText(""), json.path("name").asText(displayName));
    }
}
