package dev.kfmr.cluster;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;

/** What is asked of a cluster's StorageClasses. */
public final class StorageClasses {
    /** The annotation that marks the one that claims without a class get. */
    public static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private StorageClasses() {}

    public static boolean hasDefault(List<StorageClass> classes) {
        return classes.stream()
                .map(each -> each.getMetadata().getAnnotations())
                .anyMatch(annotations -> annotations != null && "true".equals(annotations.get(DEFAULT)));
    }

    /** For people. */
    public static String names(List<StorageClass> classes) {
        return classes.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        classes.stream()
                                .map(each -> each.getMetadata().getName())
                                .toList());
    }
}
