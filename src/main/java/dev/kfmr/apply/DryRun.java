package dev.kfmr.apply;

import dev.kfmr.apply.Change.Kind;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What applying would change: each object is sent as a server-side dry run, so that defaults, conversions and admission
 * count, and the answer is held against what is in the cluster.
 */
public final class DryRun {
    /** The whole object once more, of Secrets with their values: kubectl's memory, which says nothing of the object. */
    public static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final ClusterObjects objects;
    private final Outgoing outgoing;

    /** @param kept Secrets whose data users change */
    public DryRun(ClusterObjects objects, Set<ObjectRef> kept) {
        this.objects = objects;
        this.outgoing = new Outgoing(objects, kept);
    }

    /**
     * The changes of one component, in the order of its manifests. Kinds that definitions of the same plan bring must be
     * learnt before.
     *
     * @throws KubernetesClientException when the API server would refuse an object that is there
     */
    public List<Change> changes(String component, List<Manifest> manifests) {
        return manifests.parallelStream()
                .map(manifest -> change(component, manifest))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Change> change(String component, Manifest manifest) {
        Optional<ObjectRef> ref = objects.resolve(manifest);
        Optional<GenericKubernetesResource> live = ref.flatMap(this::live);
        if (ref.isEmpty() || live.isEmpty()) {
            Map<String, Object> sent = SentObject.of(manifest, ApplySet.labels(component));
            return Optional.of(
                    new Change(component, ref.orElseGet(() -> ObjectRef.of(manifest)), Kind.CREATE, Map.of(), sent));
        }
        Map<String, Object> before = content(live.get());
        Map<String, Object> after =
                content(objects.dryRun(ref.get(), outgoing.content(component, manifest, ref.get())));
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(new Change(component, ref.get(), Kind.CHANGE, before, after));
    }

    /** A kind that is not served yet has no objects. */
    private Optional<GenericKubernetesResource> live(ObjectRef ref) {
        try {
            return objects.get(ref);
        } catch (KubernetesClientException e) {
            if (Refusal.of(e).kind() == Refusal.Kind.ABSENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Objects that left the plan.
     *
     * @param leftBehind by the component that brought it
     * @param components those that the plan still has, whose volume claims stay
     */
    public static List<Change> pruned(Map<String, List<ObjectRef>> leftBehind, Set<String> components) {
        List<Change> changes = new ArrayList<>();
        leftBehind.forEach((component, refs) -> refs.stream()
                .filter(ref -> !Prune.keepsData(ref, component, components))
                .forEach(ref -> changes.add(new Change(component, ref, Kind.DELETE, Map.of(), Map.of()))));
        return changes;
    }

    /** What people say of an object: nothing that the API server counts, or that controllers report. */
    private static Map<String, Object> content(GenericKubernetesResource object) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", object.getMetadata().getName());
        if (object.getMetadata().getNamespace() != null) {
            metadata.put("namespace", object.getMetadata().getNamespace());
        }
        putIfAny(metadata, "labels", object.getMetadata().getLabels());
        Map<String, String> annotations = new LinkedHashMap<>(
                Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of()));
        annotations.remove(LAST_APPLIED);
        putIfAny(metadata, "annotations", annotations);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("apiVersion", object.getApiVersion());
        content.put("kind", object.getKind());
        content.put("metadata", metadata);
        content.putAll(object.getAdditionalProperties());
        content.remove("status");
        return content;
    }

    private static void putIfAny(Map<String, Object> map, String key, @Nullable Map<String, String> values) {
        if (values != null && !values.isEmpty()) {
            map.put(key, values);
        }
    }
}
