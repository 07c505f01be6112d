package dev.kfmr.apply;

import dev.kfmr.cluster.ApiRequest;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The objects behind a real API server. */
public final class ApiObjects implements ClusterObjects {
    private static final int NOT_FOUND = 404;
    private static final int FIRST_FAILURE = 400;
    private static final String APPLY = "?fieldManager=" + ApplySet.FIELD_MANAGER + "&force=true";
    private static final String DRY_RUN = APPLY + "&dryRun=All";
    /** An answer without specification and status: CRDs are large, and only the metadata is looked at. */
    private static final String METADATA_ONLY = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /** Admission webhooks of a cluster that is only coming up take their time. */
    private static final Duration LONGEST_APPLY = Duration.ofSeconds(60);

    private static final String WHOLE = "application/json";

    private final KubernetesClient client;
    private final KindCatalog kinds;

    public ApiObjects(KubernetesClient client) {
        this.client = client;
        this.kinds = new KindCatalog(client);
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
        return rendered.isEmpty() ? ObjectRef.DEFAULT_NAMESPACE : rendered;
    }

    @Override
    public Applied apply(ObjectRef ref, Map<String, Object> content) {
        GenericKubernetesResource result = patch(ref, content, APPLY, METADATA_ONLY);
        ObjectMeta metadata = result.getMetadata();
        long generation = metadata.getGeneration() == null ? 0 : metadata.getGeneration();
        return new Applied(ref, metadata.getUid(), generation, metadata.getResourceVersion());
    }

    @Override
    public GenericKubernetesResource dryRun(ObjectRef ref, Map<String, Object> content) {
        return patch(ref, content, DRY_RUN, WHOLE);
    }

    /** Not by the client's own patch, which reads the object first, and so finds only what is there already. */
    private GenericKubernetesResource patch(ObjectRef ref, Map<String, Object> content, String how, String form) {
        KubernetesSerialization serialization = client.getKubernetesSerialization();
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(uri(ref, how))
                .header("Accept", form)
                .patch("application/apply-patch+yaml", serialization.asJson(content))
                .build();
        HttpResponse<String> answer =
                ApiRequest.send(client.getHttpClient(), request, String.class, LONGEST_APPLY, "applying objects");
        if (answer.code() >= FIRST_FAILURE) {
            throw failure(answer);
        }
        return serialization.unmarshal(answer.body(), GenericKubernetesResource.class);
    }

    private KubernetesClientException failure(HttpResponse<String> answer) {
        try {
            Status status = client.getKubernetesSerialization().unmarshal(answer.body(), Status.class);
            return new KubernetesClientException(status.getMessage(), answer.code(), status);
        } catch (KubernetesClientException | ClassCastException e) {
            // Not of the API server's own form: a proxy, or a path that is not served yet.
            return new KubernetesClientException(answer.body().strip(), answer.code(), null);
        }
    }

    private URI uri(ObjectRef ref, String query) {
        ResourceDefinitionContext context = context(ref);
        String path = (ref.group().isEmpty() ? "api/" : "apis/") + ref.apiVersion()
                + (context.isNamespaceScoped() ? "/namespaces/" + ref.namespace() : "")
                + "/" + context.getPlural() + "/" + ref.name();
        return URI.create(client.getMasterUrl().toString()).resolve(path + query);
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return kinds.find(ref.apiVersion(), ref.kind())
                .flatMap(context -> Optional.ofNullable(resource(context, ref).get()));
    }

    @Override
    public boolean delete(ObjectRef ref) {
        try {
            return !resource(context(ref), ref)
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

    private ResourceDefinitionContext context(ObjectRef ref) {
        return kinds.find(ref.apiVersion(), ref.kind())
                .orElseThrow(() -> new KubernetesClientException(
                        "no matches for kind " + ref.kind() + " in " + ref.apiVersion(), NOT_FOUND, null));
    }

    private Resource<GenericKubernetesResource> resource(ResourceDefinitionContext context, ObjectRef ref) {
        return context.isNamespaceScoped()
                ? client.genericKubernetesResources(context)
                        .inNamespace(namespaceOf(context, ref.namespace()))
                        .withName(ref.name())
                : client.genericKubernetesResources(context).withName(ref.name());
    }
}
