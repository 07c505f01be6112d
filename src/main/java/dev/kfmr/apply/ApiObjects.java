package dev.kfmr.apply;

import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects behind a real API server. */
public final class ApiObjects implements ClusterObjects {
    private static final int NOT_FOUND = 404;
    private static final PatchContext APPLY = applying().build();
    private static final PatchContext DRY_RUN =
            applying().withDryRun(List.of("All")).build();

    private final KubernetesClient client;
    private final KindCatalog kinds;

    public ApiObjects(KubernetesClient client) {
        this.client = client;
        this.kinds = new KindCatalog(client);
    }

    private static PatchContext.Builder applying() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(ApplySet.FIELD_MANAGER)
                .withForce(true);
    }

    @Override
    public void learn(Manifest customResourceDefinition) {
        kinds.learn(customResourceDefinition);
    }

    @Override
    public Optional<ObjectRef> resolve(Manifest manifest) {
        ObjectRef ref = ObjectRef.of(manifest);
        return kinds.find(manifest.apiVersion(), manifest.kind())
                .map(context -> new ObjectRef(
                        ref.group(), ref.version(), ref.kind(), namespaceOf(context, ref.namespace()), ref.name()));
    }

    private static String namespaceOf(ResourceDefinitionContext context, String rendered) {
        if (!context.isNamespaceScoped()) {
            return "";
        }
        return rendered.isEmpty() ? "default" : rendered;
    }

    @Override
    public Applied apply(ObjectRef ref, Map<String, Object> content) {
        GenericKubernetesResource result = patch(ref, content, APPLY);
        ObjectMeta metadata = result.getMetadata();
        long generation = metadata.getGeneration() == null ? 0 : metadata.getGeneration();
        return new Applied(ref, metadata.getUid(), generation, metadata.getResourceVersion());
    }

    @Override
    public void dryRun(ObjectRef ref, Map<String, Object> content) {
        patch(ref, content, DRY_RUN);
    }

    private GenericKubernetesResource patch(ObjectRef ref, Map<String, Object> content, PatchContext how) {
        // As text, since a typed copy would lose what it does not know and add what it has by default.
        return resource(ref).patch(how, client.getKubernetesSerialization().asJson(content));
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return kinds.find(ref.apiVersion(), ref.kind()).flatMap(context -> Optional.ofNullable(
                resource(context, ref).get()));
    }

    @Override
    public boolean delete(ObjectRef ref) {
        try {
            return !resource(ref)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .withTimeoutInMillis(0)
                    .delete()
                    .isEmpty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public long revision() {
        try {
            return Long.parseLong(client.namespaces()
                    .withField("metadata.name", ApplySet.NAMESPACE)
                    .list()
                    .getMetadata()
                    .getResourceVersion());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Resource<GenericKubernetesResource> resource(ObjectRef ref) {
        ResourceDefinitionContext context = kinds.find(ref.apiVersion(), ref.kind())
                .orElseThrow(() -> new KubernetesClientException(
                        "no matches for kind " + ref.kind() + " in " + ref.apiVersion(), NOT_FOUND, null));
        return resource(context, ref);
    }

    private Resource<GenericKubernetesResource> resource(ResourceDefinitionContext context, ObjectRef ref) {
        return context.isNamespaceScoped()
                ? client.genericKubernetesResources(context)
                        .inNamespace(ref.namespace())
                        .withName(ref.name())
                : client.genericKubernetesResources(context).withName(ref.name());
    }
}
