package dev.kfmr.apply;

import dev.kfmr.core.Untyped;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where objects of a kind live in the API: its plural, and whether it is namespaced. Asked of the API server once for
 * each group and version; kinds of rendered CRDs are learned from those, so that they need not wait until the API
 * server's own list has them.
 */
public final class KindCatalog {
    private static final String CRD_GROUP = "apiextensions.k8s.io";
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Map<String, ResourceDefinitionContext> known = new ConcurrentHashMap<>();

    public KindCatalog(KubernetesClient client) {
        this.client = client;
        // What the inventory is kept in: a look at it needs no list of all kinds.
        put("", "v1", "ConfigMap", "configmaps", true);
        put("", "v1", "Namespace", "namespaces", false);
    }

    public static boolean isCustomResourceDefinition(Manifest manifest) {
        return manifest.kind().equals("CustomResourceDefinition")
                && manifest.group().equals(CRD_GROUP);
    }

    /** Takes over the kinds of a rendered CRD, of each version that it serves. */
    public void learn(Manifest crd) {
        Map<String, Object> spec = Untyped.map(crd.content().get("spec"));
        Map<String, Object> names = Untyped.map(spec.get("names"));
        String group = String.valueOf(spec.get("group"));
        for (Map<String, Object> version : Untyped.maps(spec.get("versions"))) {
            if (Boolean.TRUE.equals(version.get("served"))) {
                put(
                        group,
                        String.valueOf(version.get("name")),
                        String.valueOf(names.get("kind")),
                        String.valueOf(names.get("plural")),
                        "Namespaced".equals(spec.get("scope")));
            }
        }
    }

    /**
     * Empty while neither a rendered CRD nor the API server knows the kind; then each call asks again.
     *
     * @throws KubernetesClientException when the API server does not answer
     */
    public Optional<ResourceDefinitionContext> find(String apiVersion, String kind) {
        ResourceDefinitionContext found = known.get(key(apiVersion, kind));
        if (found == null) {
            discover(apiVersion);
            found = known.get(key(apiVersion, kind));
        }
        return Optional.ofNullable(found);
    }

    private void discover(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        for (APIResource resource : resources(apiVersion)) {
            boolean isSubresource = resource.getName().indexOf('/') >= 0;
            if (!isSubresource) {
                put(
                        group,
                        version,
                        resource.getKind(),
                        resource.getName(),
                        Boolean.TRUE.equals(resource.getNamespaced()));
            }
        }
    }

    private Iterable<APIResource> resources(String apiVersion) {
        try {
            APIResourceList list = client.getApiResources(apiVersion);
            return list == null ? List.of() : list.getResources();
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private void put(String group, String version, String kind, String plural, boolean namespaced) {
        ResourceDefinitionContext context = new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
        known.put(key(group.isEmpty() ? version : group + "/" + version, kind), context);
    }

    private static String key(String apiVersion, String kind) {
        return apiVersion + " " + kind;
    }
}
