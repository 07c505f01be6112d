package dev.kfmr.cluster;

import dev.kfmr.core.Untyped;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object as it was read, whose fields have no types but for its metadata. It is only read. */
public final class PlainObject implements HasMetadata {
    private static final long serialVersionUID = 1;

    private final String apiVersion;
    private final String kind;
    private final ObjectMeta metadata;
    private final transient Map<String, Object> fields;

    /** @param fields as the API server has them; a list's item leaves out what it is */
    public PlainObject(String apiVersion, String kind, Map<String, Object> fields) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.metadata = metadata(Untyped.map(fields.get("metadata")));
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** Its own fields, such as {@code spec}, {@code status} and {@code data}, and those that every object has. */
    public Map<String, Object> fields() {
        return fields;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setApiVersion(String version) {
        throw new UnsupportedOperationException("an object that was read");
    }

    @Override
    public void setMetadata(ObjectMeta other) {
        throw new UnsupportedOperationException("an object that was read");
    }

    private static ObjectMeta metadata(Map<String, Object> fields) {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(text(fields, "name"));
        metadata.setNamespace(text(fields, "namespace"));
        metadata.setUid(text(fields, "uid"));
        metadata.setResourceVersion(text(fields, "resourceVersion"));
        metadata.setGeneration(fields.get("generation") instanceof Number number ? number.longValue() : null);
        metadata.setCreationTimestamp(text(fields, "creationTimestamp"));
        metadata.setDeletionTimestamp(text(fields, "deletionTimestamp"));
        metadata.setLabels(texts(fields.get("labels")));
        metadata.setAnnotations(texts(fields.get("annotations")));
        if (fields.get("finalizers") instanceof List<?> finalizers) {
            finalizers.forEach(finalizer -> metadata.getFinalizers().add(String.valueOf(finalizer)));
        }
        for (Map<String, Object> owner : Untyped.maps(fields.get("ownerReferences"))) {
            metadata.getOwnerReferences().add(owner(owner));
        }
        for (Map<String, Object> entry : Untyped.maps(fields.get("managedFields"))) {
            metadata.getManagedFields().add(managed(entry));
        }
        return metadata;
    }

    private static OwnerReference owner(Map<String, Object> fields) {
        OwnerReference owner = new OwnerReference();
        owner.setApiVersion(text(fields, "apiVersion"));
        owner.setKind(text(fields, "kind"));
        owner.setName(text(fields, "name"));
        owner.setUid(text(fields, "uid"));
        owner.setController(fields.get("controller") instanceof Boolean is ? is : null);
        return owner;
    }

    private static ManagedFieldsEntry managed(Map<String, Object> fields) {
        FieldsV1 owned = new FieldsV1();
        owned.setAdditionalProperties(Untyped.map(fields.get("fieldsV1")));
        ManagedFieldsEntry entry = new ManagedFieldsEntry();
        entry.setManager(text(fields, "manager"));
        entry.setOperation(text(fields, "operation"));
        entry.setSubresource(text(fields, "subresource"));
        entry.setFieldsV1(owned);
        return entry;
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, Object> entry : Untyped.map(value).entrySet()) {
            texts.put(entry.getKey(), String.valueOf(entry.getValue()));
        }
        return texts;
    }

    private static @Nullable String text(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }
}
