package dev.kfmr.install;

import dev.kfmr.apply.ApiObjects;
import dev.kfmr.apply.Change;
import dev.kfmr.apply.DryRun;
import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.KindCatalog;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import dev.kfmr.state.Environment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code up} would change in an installation. Changes nothing. */
public final class Differences {
    private final Surroundings surroundings;

    public Differences(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * In the order in which components are applied; what would be deleted comes last.
     *
     * @throws KfmrException exit 3 without an environment, or when its cluster does not answer; exit 4 for an object
     *     that the cluster would refuse
     */
    public List<Change> read(String name, Choice.Asked asked, Deadline deadline) {
        StatusReader installed = new StatusReader(surroundings);
        Environment environment = installed.environment(name);
        Preparation preparation = new Preparation(surroundings);
        Prepared prepared = preparation.prepare(Choice.of(environment, asked), deadline);
        Rendered rendered = preparation.render(
                prepared, environment.lowers(prepared.choice().requests()));
        try (ClusterConnection connection = installed.connect(name)) {
            return changes(rendered, prepared, connection.client());
        } catch (KubernetesClientException e) {
            throw new KfmrException(
                    ExitCode.UPSTREAM,
                    "diff.refused",
                    "The cluster refuses the dry run.",
                    String.valueOf(e.getMessage()),
                    "kfmr up would be refused in the same way; see what is wrong with: kfmr doctor",
                    e);
        }
    }

    private static List<Change> changes(Rendered rendered, Prepared prepared, KubernetesClient client) {
        ApiObjects objects = new ApiObjects(client);
        rendered.objects().filter(KindCatalog::isCustomResourceDefinition).forEach(objects::learn);
        DryRun dryRun = new DryRun(objects, Rollout.kept(prepared.plan()));
        List<Change> changes = new ArrayList<>();
        Map<String, List<ObjectRef>> planned = new LinkedHashMap<>();
        for (Rendered.Component component : rendered.components()) {
            changes.addAll(dryRun.changes(component.name(), component.objects()));
            planned.put(component.name(), refs(component.objects(), objects));
        }
        Optional<Inventory> before = new InventoryStore(objects).read();
        Inventory wanted =
                RegistryAccess.kept(new Inventory("", "", Map.of(), List.of(), planned), before, prepared.plan());
        before.ifPresent(inventory -> changes.addAll(DryRun.pruned(wanted.leftBehind(inventory), planned.keySet())));
        return changes;
    }

    private static List<ObjectRef> refs(List<Manifest> manifests, ApiObjects objects) {
        return manifests.stream()
                .map(manifest -> objects.resolve(manifest).orElseGet(() -> ObjectRef.of(manifest)))
                .toList();
    }
}
