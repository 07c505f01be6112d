package dev.kfmr.apply;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.render.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Which object of a cluster is meant.
 *
 * @param group empty for the core group
 * @param namespace empty for an object without one
 */
public record ObjectRef(String group, String version, String kind, String namespace, String name)
        implements Comparable<ObjectRef> {
    static final String DEFAULT_NAMESPACE = "default";
    private static final int PARTS = 5;

    /** As it is written: see {@link ClusterObjects#resolve} for where an object without a namespace comes to lie. */
    public static ObjectRef of(Manifest manifest) {
        return new ObjectRef(
                manifest.group(),
                manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1),
                manifest.kind(),
                manifest.namespace().orElse(""),
                manifest.name());
    }

    /** The same for an object of a kind that is namespaced: where it names no namespace, the cluster's default one. */
    public static ObjectRef ofNamespaced(Manifest manifest) {
        ObjectRef ref = of(manifest);
        return ref.namespace().isEmpty()
                ? new ObjectRef(ref.group(), ref.version(), ref.kind(), DEFAULT_NAMESPACE, ref.name())
                : ref;
    }

    /** The opposite of {@link #text()}. @throws KfmrException exit 3 for a text of another form */
    public static ObjectRef parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != PARTS) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "inventory.unreadable",
                    "The inventory in the cluster holds a line that is not an object: " + text,
                    "Something other than kfmr wrote to it.",
                    "Delete the ConfigMap " + ApplySet.NAMESPACE + "/" + ApplySet.PARENT
                            + " and run kfmr up again: it writes a new one.");
        }
        return new ObjectRef(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    /** {@code apps/v1/Deployment/kubeflow/mysql}; parts that are empty stay as empty. */
    public String text() {
        return String.join("/", group, version, kind, namespace, name);
    }

    /** {@code apps/v1}; {@code v1} for the core group. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code Deployment kubeflow/mysql}: for people. */
    public String id() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }

    /** The same for the same object, at whichever version of its group. */
    String identity() {
        return String.join("/", group, kind, namespace, name);
    }

    /** Not the one that records make for themselves: to be made, that one takes a new JVM some milliseconds. */
    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectRef ref && text().equals(ref.text());
    }

    @Override
    public int compareTo(ObjectRef other) {
        return text().compareTo(other.text());
    }

    @Override
    public String toString() {
        return id();
    }
}
