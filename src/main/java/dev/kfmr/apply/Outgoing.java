package dev.kfmr.apply;

import dev.kfmr.core.Untyped;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is sent of each object, with regard to what is in the cluster already. */
final class Outgoing {
    private final ClusterObjects objects;
    private final Set<ObjectRef> kept;

    /** @param kept Secrets whose data users change: what is in the cluster stays */
    Outgoing(ClusterObjects objects, Set<ObjectRef> kept) {
        this.objects = objects;
        this.kept = Set.copyOf(kept);
    }

    Map<String, Object> content(String component, Manifest manifest, ObjectRef ref) {
        Map<String, Object> content = SentObject.of(manifest, ApplySet.labels(component));
        if (SentObject.isWebhookConfiguration(manifest)) {
            return SentObject.keepingFailurePolicies(content, liveWebhooks(ref));
        }
        return kept.contains(ref) ? SentObject.keepingData(content, liveData(ref)) : content;
    }

    private List<Map<String, Object>> liveWebhooks(ObjectRef ref) {
        return objects.get(ref)
                .map(live -> Untyped.maps(property(live, "webhooks")))
                .orElse(List.of());
    }

    private Map<String, Object> liveData(ObjectRef ref) {
        return objects.get(ref).map(live -> Untyped.map(property(live, "data"))).orElse(Map.of());
    }

    private static Object property(GenericKubernetesResource live, String name) {
        return live.getAdditionalProperties().getOrDefault(name, Map.of());
    }
}
