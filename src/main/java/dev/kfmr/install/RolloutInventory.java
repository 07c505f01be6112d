package dev.kfmr.install;

import dev.kfmr.apply.ClusterObjects;
import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.apply.Prune;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Patch;
import dev.kfmr.render.Rendered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inventory over one rollout: before the first object it names all that was there and all that will be, so that a run
 * that is killed leaves nothing that nobody knows of; at the end what is planned, and the rest is pruned.
 */
final class RolloutInventory {
    private final Rendered rendered;
    private final ClusterObjects cluster;
    private final Progress progress;
    private final InventoryStore store;
    private final Inventory planned;
    private final Inventory meanwhile;

    private RolloutInventory(
            Rendered rendered,
            ClusterObjects cluster,
            Progress progress,
            InventoryStore store,
            Inventory planned,
            Inventory meanwhile) {
        this.rendered = rendered;
        this.cluster = cluster;
        this.progress = progress;
        this.store = store;
        this.planned = planned;
        this.meanwhile = meanwhile;
    }

    /** Writes what is there and what will be. @param options those that shape the installation: name to value */
    static RolloutInventory begin(
            Rendered rendered, Plan plan, Map<String, String> options, ClusterObjects cluster, Progress progress) {
        InventoryStore store = new InventoryStore(cluster);
        Optional<Inventory> before = store.read();
        Inventory planned = RegistryAccess.kept(planned(rendered, plan, options, cluster), before, plan);
        Inventory meanwhile = before.map(planned::with).orElse(planned);
        if (!before.equals(Optional.of(meanwhile))) {
            store.write(meanwhile);
        }
        return new RolloutInventory(rendered, cluster, progress, store, planned, meanwhile);
    }

    private static Inventory planned(
            Rendered rendered, Plan plan, Map<String, String> options, ClusterObjects cluster) {
        Map<String, List<ObjectRef>> refs = new LinkedHashMap<>();
        rendered.components()
                .forEach(component -> refs.put(
                        component.name(),
                        component.objects().stream()
                                .map(manifest -> cluster.resolve(manifest).orElseGet(() -> ObjectRef.of(manifest)))
                                .toList()));
        List<String> patches = plan.components().stream()
                .flatMap(component -> component.patches().stream())
                .map(Patch::id)
                .distinct()
                .toList();
        return new Inventory(plan.pins().release(), plan.profile().name(), options, patches, refs);
    }

    /** Deletes what left the plan, and writes what is there now; nothing where nothing left. */
    void prune(Deadline deadline) {
        Map<String, List<ObjectRef>> leftBehind = planned.leftBehind(meanwhile);
        if (leftBehind.isEmpty()) {
            return;
        }
        Set<String> components =
                rendered.components().stream().map(Rendered.Component::name).collect(Collectors.toSet());
        Prune.Result pruned = new Prune(cluster).run(leftBehind, components, deadline);
        store.write(planned);
        if (!pruned.deleted().isEmpty()) {
            progress.step(Stage.APPLY, "deleted " + pruned.deleted().size() + " objects that left the plan");
        }
        pruned.kept()
                .forEach(ref -> progress.warning(ref.id() + " left the plan and was kept: "
                        + (ref.kind().equals("PersistentVolumeClaim") ? "it holds data" : "it is not kfmr's")));
    }
}
