package dev.kfmr.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What all versions of a model have in common.
 *
 * @param state {@code LIVE} or {@code ARCHIVED}; empty when none was told
 * @param changed when it last changed
 */
public record RegisteredModel(
        String id, String name, String description, String owner, String state, Optional<Instant> changed) {
    private static final String ARCHIVED = "ARCHIVED";

    static RegisteredModel of(JsonNode json) {
        return new RegisteredModel(
                json.path("id").asText(""),
                json.path("name").asText(""),
                json.path("description").asText(""),
                json.path("owner").asText(""),
                json.path("state").asText(""),
                Moments.of(json.path("lastUpdateTimeSinceEpoch")));
    }

    public boolean isArchived() {
        return state.equals(ARCHIVED);
    }
}
