package dev.kfmr.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What made an artifact, as whoever registered it said. Any part may be empty.
 *
 * @param kind of program, {@code kfp} for Kubeflow Pipelines
 * @param type of what made it, such as {@code pipelinerun}; the registry calls it class
 * @param group the namespace that it ran in
 * @param id a run's id
 * @param name a run's display name
 */
public record ModelSource(String kind, String type, String group, String id, String name) {
    private static final String PIPELINES = "kfp";

    static ModelSource of(JsonNode artifact) {
        return new ModelSource(
                artifact.path("modelSourceKind").asText(""),
                artifact.path("modelSourceClass").asText(""),
                artifact.path("modelSourceGroup").asText(""),
                artifact.path("modelSourceId").asText(""),
                artifact.path("modelSourceName").asText(""));
    }

    /** Whether its id is that of a run of Kubeflow Pipelines. */
    public boolean isPipelineRun() {
        return kind.equals(PIPELINES) && !id.isEmpty();
    }
}
