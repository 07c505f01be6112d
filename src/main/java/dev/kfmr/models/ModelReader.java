package dev.kfmr.models;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import dev.kfmr.install.Installed;
import dev.kfmr.registry.ModelArtifact;
import dev.kfmr.registry.ModelVersion;
import dev.kfmr.registry.RegisteredModel;
import dev.kfmr.registry.RegistryClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads what is registered. */
public final class ModelReader {
    private final RegistryClient registry;
    private final LineageReader lineage;

    public ModelReader(RegistryClient registry, LineageReader lineage) {
        this.registry = registry;
        this.lineage = lineage;
    }

    public static ModelReader of(Installed installed) {
        return new ModelReader(installed.registry(), LineageReader.of(installed));
    }

    /**
     * A registered model, and the names of its versions, the newest first.
     */
    public record Summary(RegisteredModel model, List<String> versions) {
        public Summary {
            versions = List.copyOf(versions);
        }
    }

    public List<Summary> list() {
        return registry.models().stream()
                .map(model -> new Summary(
                        model,
                        newestFirst(model).stream().map(ModelVersion::name).toList()))
                .toList();
    }

    /** @throws KfmrException exit 2, {@code model.unknown}, with the nearest name */
    public ModelReport show(String name) {
        RegisteredModel model = registry.model(name).orElseThrow(() -> unknown(name));
        return new ModelReport(
                model, newestFirst(model).stream().map(this::version).toList());
    }

    private ModelReport.Version version(ModelVersion version) {
        return new ModelReport.Version(
                version,
                registry.artifacts(version).stream().map(this::artifact).toList());
    }

    private ModelReport.Artifact artifact(ModelArtifact artifact) {
        return new ModelReport.Artifact(artifact, lineage.of(artifact.source()));
    }

    private List<ModelVersion> newestFirst(RegisteredModel model) {
        List<ModelVersion> versions = new ArrayList<>(registry.versions(model));
        Collections.reverse(versions);
        return versions;
    }

    private KfmrException unknown(String name) {
        List<String> names =
                registry.models().stream().map(RegisteredModel::name).toList();
        return new KfmrException(
                ExitCode.USAGE,
                "model.unknown",
                "There is no registered model " + name + "." + NearestName.hint(name, names),
                names.isEmpty() ? "Nothing is registered yet." : "The registry has: " + String.join(", ", names) + ".",
                names.isEmpty() ? "Register one: kfmr demo" : "See: kfmr model list");
    }
}
