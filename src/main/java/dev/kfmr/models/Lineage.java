package dev.kfmr.models;

import dev.kfmr.registry.ModelSource;

/**
 * Where an artifact came from.
 *
 * @param source as it was registered
 * @param runPage address of the run's page while the Pipelines forward is open; empty when no run made it
 * @param pipeline name of the run's pipeline; empty when it cannot be told
 * @param note why not all is known, such as a run that was deleted; empty when it is
 */
public record Lineage(ModelSource source, String runPage, String pipeline, String note) {}
