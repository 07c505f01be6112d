package dev.kfmr.apply;

import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a cluster, of any kind, one at a time. Every method throws {@link KubernetesClientException} as the API
 * server answers; {@link Refusal} reads it.
 */
public interface ClusterObjects {
    /**
     * What an object became in the cluster.
     *
     * @param generation 0 for kinds without one
     */
    record Applied(ObjectRef ref, String uid, long generation, String resourceVersion) {}

    /** From now on the kinds of this CRD are known. */
    void learn(Manifest customResourceDefinition);

    /** The object's full reference: {@code default} where a namespaced kind names no namespace. Empty: no such kind. */
    Optional<ObjectRef> resolve(Manifest manifest);

    /** Server-side apply by kfmr, taking over fields that others own. */
    Applied apply(ObjectRef ref, Map<String, Object> content);

    /** The same, checked and admitted by the API server, and not kept. @return as it would be */
    GenericKubernetesResource dryRun(ObjectRef ref, Map<String, Object> content);

    Optional<GenericKubernetesResource> get(ObjectRef ref);

    /** Whether it was there. What it owns goes in the background. */
    boolean delete(ObjectRef ref);

    /** The cluster's current revision: objects with a higher resourceVersion changed after this call. 0: unknown. */
    long revision();
}
