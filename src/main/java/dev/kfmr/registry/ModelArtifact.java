package dev.kfmr.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A file that belongs to a version.
 *
 * @param type {@code model-artifact}, {@code doc-artifact}
 * @param uri where it lies, such as {@code s3://bucket/key}
 */
public record ModelArtifact(
        String id, String name, String type, String uri, String format, String formatVersion, ModelSource source) {
    static ModelArtifact of(JsonNode json) {
        return new ModelArtifact(
                json.path("id").asText(""),
                json.path("name").asText(""),
                json.path("artifactType").asText(""),
                json.path("uri").asText(""),
                json.path("modelFormatName").asText(""),
                json.path("modelFormatVersion").asText(""),
                ModelSource.of(json));
    }
}
