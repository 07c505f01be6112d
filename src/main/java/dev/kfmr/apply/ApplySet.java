package dev.kfmr.apply;

import dev.kfmr.core.Sha256;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How kfmr's objects are marked as its own: the labels of Kubernetes' ApplySet specification (KEP-3659), whose parent
 * is the ConfigMap that holds the inventory. {@code kubectl} and other tools read them too.
 */
public final class ApplySet {
    public static final String FIELD_MANAGER = "kfmr";
    public static final String NAMESPACE = "kfmr-system";
    public static final String PARENT = "kfmr-inventory";

    /** On every object: which set it is of. */
    public static final String PART_OF = "applyset.kubernetes.io/part-of";

    /** On every object: the component that brought it. */
    public static final String COMPONENT = "kfmr.dev/component";

    static final String ID_LABEL = "applyset.kubernetes.io/id";
    private static final String TOOLING = "applyset.kubernetes.io/tooling";
    private static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";
    private static final String MORE_NAMESPACES = "applyset.kubernetes.io/additional-namespaces";

    /** As the specification has it: {@code base64(sha256(name.namespace.kind.group))} of the parent. */
    public static final String ID = id(PARENT + "." + NAMESPACE + ".ConfigMap.");

    private ApplySet() {}

    /** Whether kfmr applied it, and so may delete it. */
    public static boolean isMember(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && ID.equals(labels.get(PART_OF));
    }

    static Map<String, String> labels(String component) {
        return Map.of(PART_OF, ID, COMPONENT, component);
    }

    /** What the specification asks of the parent: which tool, which kinds, which namespaces besides its own. */
    static Map<String, String> parentAnnotations(Collection<ObjectRef> members) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(TOOLING, "kfmr/v1");
        annotations.put(
                GROUP_KINDS,
                members.stream()
                        .map(ref -> ref.group().isEmpty() ? ref.kind() : ref.kind() + "." + ref.group())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(",")));
        annotations.put(
                MORE_NAMESPACES,
                members.stream()
                        .map(ObjectRef::namespace)
                        .filter(namespace -> !namespace.isEmpty() && !namespace.equals(NAMESPACE))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(",")));
        return annotations;
    }

    private static String id(String parent) {
        return "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(parent)) + "-v1";
    }
}
