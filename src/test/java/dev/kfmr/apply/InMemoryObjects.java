package dev.kfmr.apply;

import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A cluster for tests: keeps what is applied as it is applied, and refuses what it is told to. */
public final class InMemoryObjects implements ClusterObjects {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
    private final Map<String, KubernetesClientException> dryRunRefusals = new HashMap<>();
    private final List<String> deleted = new ArrayList<>();
    private final List<ObjectRef> triedDry = new ArrayList<>();
    private Supplier<KubernetesClientException> applyRefusal = () -> refusal(500, "refused");
    private int refusedApplies;
    private long revision = 1;

    /** An error as the API server answers it. */
    public static KubernetesClientException refusal(int code, String message) {
        Status status = new StatusBuilder().withCode(code).withMessage(message).build();
        return new KubernetesClientException(message, code, status);
    }

    public void put(String yaml) {
        Map<String, Object> content = YamlDocuments.parse(yaml, "test").get(0);
        objects.put(ObjectRef.of(Manifest.of(content)).identity(), content);
    }

    /** From now on a dry run of this kind is refused, until {@link #acceptDryRun}. */
    public void refuseDryRun(String kind, KubernetesClientException refusal) {
        dryRunRefusals.put(kind, refusal);
    }

    public void acceptDryRun(String kind) {
        dryRunRefusals.remove(kind);
    }

    /** The next so many applies are refused. */
    public void refuseApplies(int times, Supplier<KubernetesClientException> refusal) {
        refusedApplies = times;
        applyRefusal = refusal;
    }

    /** In order. */
    public List<String> deleted() {
        return List.copyOf(deleted);
    }

    public List<ObjectRef> triedDry() {
        return List.copyOf(triedDry);
    }

    @Override
    public void learn(Manifest customResourceDefinition) {}

    @Override
    public Optional<ObjectRef> resolve(Manifest manifest) {
        return Optional.of(ObjectRef.of(manifest));
    }

    @Override
    public synchronized Applied apply(ObjectRef ref, Map<String, Object> content) {
        if (refusedApplies > 0) {
            refusedApplies--;
            throw applyRefusal.get();
        }
        if (!content.equals(objects.put(ref.identity(), content))) {
            revision++;
        }
        return new Applied(ref, ref.name(), 1, String.valueOf(revision));
    }

    @Override
    public GenericKubernetesResource dryRun(ObjectRef ref, Map<String, Object> content) {
        triedDry.add(ref);
        KubernetesClientException refusal = dryRunRefusals.get(ref.kind());
        if (refusal != null) {
            throw refusal;
        }
        return SERIALIZATION.convertValue(content, GenericKubernetesResource.class);
    }

    @Override
    public Optional<GenericKubernetesResource> get(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref.identity()))
                .map(content -> SERIALIZATION.convertValue(content, GenericKubernetesResource.class));
    }

    @Override
    public boolean delete(ObjectRef ref) {
        deleted.add(ref.id());
        return objects.remove(ref.identity()) != null;
    }

    @Override
    public long revision() {
        return revision;
    }
}
