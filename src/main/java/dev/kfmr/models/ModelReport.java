package dev.kfmr.models;

import dev.kfmr.registry.ModelArtifact;
import dev.kfmr.registry.ModelVersion;
import dev.kfmr.registry.RegisteredModel;
import java.util.List;

/**
 * A registered model with all that belongs to it.
 *
 * @param versions the newest first
 */
public record ModelReport(RegisteredModel model, List<Version> versions) {
    public ModelReport {
        versions = List.copyOf(versions);
    }

    /** One version, and its artifacts. */
    public record Version(ModelVersion version, List<Artifact> artifacts) {
        public Version {
            artifacts = List.copyOf(artifacts);
        }
    }

    /** One artifact, and where it came from. */
    public record Artifact(ModelArtifact artifact, Lineage lineage) {}
}
