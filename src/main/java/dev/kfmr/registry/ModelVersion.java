package dev.kfmr.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** One version of a registered model. */
public record ModelVersion(
        String id, String name, String description, String author, String state, Optional<Instant> created) {
    static ModelVersion of(JsonNode json) {
        return new ModelVersion(
                json.path("id").asText(""),
                json.path("name").asText(""),
                json.path("description").asText(""),
                json.path("author").asText(""),
                json.path("state").asText(""),
                Moments.of(json.path("createTimeSinceEpoch")));
    }
}
