package dev.kfmr.apply;

import dev.kfmr.apply.Change.Kind;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What applying would change: each object is sent as a server-side dry run, so that defaults, conversions and admission
 * count, and the answer is held against what is in the cluster.
 */
public final class DryRun {
    private static final Set<String> NOT_SAID_BY_ANYBODY =
            Set.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink");

    private final ClusterObjects objects;
    private final Outgoing outgoing;

    /** @param kept Secrets whose data users change */
    public DryRun(ClusterObjects objects, Set<ObjectRef> kept) {
        this.objects = objects;
        this.outgoing = new Outgoing(objects, kept);
    }

    /**
     * The changes of one component, in the order of its manifests.
     *
     * @throws KubernetesClientException when the API server would refuse an object that is there
     */
    public List<Change> changes(String component, List<Manifest> manifests) {
        List<Manifest> definitions = manifests.stream()
                .filter(KindCatalog::isCustomResourceDefinition)
                .toList();
        definitions.forEach(objects::learn);
        // Before a definition is there, its kind is not served, and its objects are as good as absent.
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
            return Optional.of(new Change(
                    component, ref.orElseGet(() -> ObjectRef.of(manifest)), Kind.CREATE, Map.of(), said(sent)));
        }
        Map<String, Object> before = said(content(live.get()));
        Map<String, Object> after =
                said(content(objects.dryRun(ref.get(), outgoing.content(component, manifest, ref.get()))));
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

    private static Map<String, Object> content(GenericKubernetesResource object) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("apiVersion", object.getApiVersion());
        content.put("kind", object.getKind());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", object.getMetadata().getName());
        putIfAny(metadata, "namespace", object.getMetadata().getNamespace());
        putIfAny(metadata, "labels", object.getMetadata().getLabels());
        putIfAny(metadata, "annotations", object.getMetadata().getAnnotations());
        content.put("metadata", metadata);
        content.putAll(object.getAdditionalProperties());
        return content;
    }

    private static void putIfAny(Map<String, Object> map, String key, @org.jspecify.annotations.Nullable Object value) {
        boolean isEmpty = value instanceof Map<?, ?> entries && entries.isEmpty();
        if (value != null && !isEmpty) {
            map.put(key, value);
        }
    }

    /** Without what the API server counts and controllers report; of Secrets only whether values differ. */
    private static Map<String, Object> said(Map<String, Object> object) {
        Map<String, Object> said = new LinkedHashMap<>(object);
        said.remove("status");
        if (said.get("metadata") instanceof Map<?, ?> metadata) {
            Map<Object, Object> own = new LinkedHashMap<>(metadata);
            own.keySet().removeIf(key -> NOT_SAID_BY_ANYBODY.contains(Objects.toString(key)));
            said.put("metadata", own);
        }
        return said;
    }
}
