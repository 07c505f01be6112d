package dev.kfmr.install;

import dev.kfmr.apply.ClusterObjects.Applied;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Readiness;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The objects of a rollout as they are to be now, which healing may change, and what of them was applied. Used by the
 * components' threads and by the loop that watches.
 */
final class RolloutObjects {
    private final Map<String, List<Manifest>> manifests = new LinkedHashMap<>();
    private final Map<String, Boolean> isApplied = new ConcurrentHashMap<>();
    private final Map<ObjectRef, Applied> applied = new ConcurrentHashMap<>();

    RolloutObjects(Rendered rendered) {
        rendered.components().forEach(component -> manifests.put(component.name(), component.objects()));
    }

    synchronized List<Manifest> of(String component) {
        return manifests.getOrDefault(component, List.of());
    }

    synchronized List<Manifest> all() {
        return manifests.values().stream().flatMap(Collection::stream).toList();
    }

    List<ObjectRef> workloads() {
        return workloads(all());
    }

    /** Those that make pods. */
    static List<ObjectRef> workloads(Collection<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> Readiness.isWorkload(manifest.group(), manifest.kind()))
                .map(ObjectRef::ofNamespaced)
                .toList();
    }

    /**
     * Changes objects by a rule that returns the same instance for those that it leaves.
     *
     * @return the changed ones of components that are in the cluster already, which must be applied again
     */
    synchronized Map<String, List<Manifest>> change(UnaryOperator<Manifest> rule) {
        Map<String, List<Manifest>> toApply = new LinkedHashMap<>();
        manifests.replaceAll((component, before) -> {
            List<Manifest> after = before.stream().map(rule).toList();
            List<Manifest> changed = new ArrayList<>(after);
            changed.removeAll(before);
            if (!changed.isEmpty() && isApplied(component)) {
                toApply.put(component, changed);
            }
            return after;
        });
        return toApply;
    }

    void applied(String component, List<Applied> objects) {
        objects.forEach(object -> applied.put(object.ref(), object));
        isApplied.put(component, true);
    }

    boolean isApplied(String component) {
        return isApplied.containsKey(component);
    }

    Collection<Applied> applied() {
        return applied.values();
    }

    /** The object as a watch knows it; empty while the watch still shows what was before it was last applied. */
    Optional<HasMetadata> seen(ObjectRef ref, ClusterView view) {
        return view.find(ref).filter(object -> isFresh(ref, object));
    }

    private boolean isFresh(ObjectRef ref, HasMetadata object) {
        Applied last = applied.get(ref);
        return last == null || number(object.getMetadata().getResourceVersion()) >= number(last.resourceVersion());
    }

    /** Etcd counts one revision for all objects. 0 for a text that is no number, as the API allows it to be. */
    static long number(String resourceVersion) {
        try {
            return Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
