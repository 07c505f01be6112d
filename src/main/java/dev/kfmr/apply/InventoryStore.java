package dev.kfmr.apply;

import dev.kfmr.cluster.ApiReader;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Untyped;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Keeps the {@link Inventory} in the ConfigMap {@code kfmr-system/kfmr-inventory}, which is also the parent of kfmr's
 * ApplySet. Lines of text, so that {@code kubectl get -o yaml} shows them as they are.
 */
public final class InventoryStore {
    private static final ObjectRef PLACE = new ObjectRef("", "v1", "ConfigMap", ApplySet.NAMESPACE, ApplySet.PARENT);
    private static final String PATH = "api/v1/namespaces/" + ApplySet.NAMESPACE + "/configmaps/" + ApplySet.PARENT;
    private static final ObjectRef HOME = new ObjectRef("", "v1", "Namespace", "", ApplySet.NAMESPACE);
    private static final String OBJECTS = "objects.";

    private final ClusterObjects objects;

    public InventoryStore(ClusterObjects objects) {
        this.objects = objects;
    }

    /** Empty where kfmr never installed anything. @throws KfmrException exit 3, {@code cluster.unreachable} */
    public Optional<Inventory> read() {
        return parsed(() -> objects.get(PLACE).map(GenericKubernetesResource::getAdditionalProperties));
    }

    /** The same of a cluster where nothing is written. */
    public static Optional<Inventory> read(ApiReader cluster) {
        return parsed(() -> cluster.get(PATH));
    }

    private static Optional<Inventory> parsed(Supplier<Optional<Map<String, Object>>> place) {
        try {
            return place.get().map(InventoryStore::parse);
        } catch (KubernetesClientException e) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "cluster.unreachable",
                    "Cannot read what is installed in the cluster.",
                    Refusal.of(e).words(),
                    "See whether the cluster runs: kfmr doctor",
                    e);
        }
    }

    /** Changes nothing in the cluster when it says the same already. */
    public void write(Inventory inventory) {
        try {
            objects.apply(HOME, content(HOME, Map.of(), Map.of()));
            objects.apply(PLACE, parent(inventory));
        } catch (KubernetesClientException e) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "inventory.not-written",
                    "Cannot write the inventory into the cluster.",
                    Refusal.of(e).words(),
                    "Run the same command again; if it stays: kfmr doctor",
                    e);
        }
    }

    /**
     * Forgets it: the last step of taking an installation out of a cluster.
     *
     * @return its namespace, which goes after it
     */
    public ObjectRef delete() {
        objects.delete(PLACE);
        objects.delete(HOME);
        return HOME;
    }

    private static Map<String, Object> parent(Inventory inventory) {
        Map<String, Object> content = new LinkedHashMap<>(
                content(PLACE, Map.of(ApplySet.ID_LABEL, ApplySet.ID), ApplySet.parentAnnotations(inventory.all())));
        content.put("data", data(inventory));
        return content;
    }

    private static Map<String, Object> content(
            ObjectRef ref, Map<String, String> labels, Map<String, String> annotations) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", ref.name());
        if (!ref.namespace().isEmpty()) {
            metadata.put("namespace", ref.namespace());
        }
        metadata.put("labels", labels);
        metadata.put("annotations", annotations);
        return Map.of("apiVersion", ref.apiVersion(), "kind", ref.kind(), "metadata", metadata);
    }

    private static Map<String, String> data(Inventory inventory) {
        Map<String, String> data = new TreeMap<>();
        data.put("release", inventory.release());
        data.put("profile", inventory.profile());
        data.put("patches", lines(inventory.patches()));
        data.put(
                "options",
                lines(new TreeMap<>(inventory.options())
                        .entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .toList()));
        inventory
                .objects()
                .forEach((component, refs) -> data.put(
                        OBJECTS + component,
                        lines(refs.stream().map(ObjectRef::text).toList())));
        return data;
    }

    private static Inventory parse(Map<String, Object> configMap) {
        Map<String, Object> data = Untyped.map(configMap.get("data"));
        Map<String, List<ObjectRef>> byComponent = new TreeMap<>();
        for (Map.Entry<String, Object> entry : data.entrySet()) {
            if (entry.getKey().startsWith(OBJECTS)) {
                byComponent.put(entry.getKey().substring(OBJECTS.length()), refs(entry.getValue()));
            }
        }
        return new Inventory(
                String.valueOf(data.getOrDefault("release", "")),
                String.valueOf(data.getOrDefault("profile", "")),
                options(data.getOrDefault("options", "")),
                lines(data.getOrDefault("patches", "")),
                byComponent);
    }

    private static List<ObjectRef> refs(Object text) {
        List<ObjectRef> refs = new ArrayList<>();
        for (String line : lines(text)) {
            refs.add(ObjectRef.parse(line));
        }
        return refs;
    }

    private static Map<String, String> options(Object text) {
        Map<String, String> options = new TreeMap<>();
        for (String line : lines(text)) {
            int sign = line.indexOf('=');
            if (sign >= 0) {
                options.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        return options;
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    private static List<String> lines(Object text) {
        List<String> lines = new ArrayList<>();
        for (String line : String.valueOf(text).split("\n")) {
            if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return lines;
    }
}
