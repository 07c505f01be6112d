package dev.kfmr.ready;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.cluster.PlainObject;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind whose objects own pods. They are read without the client's types, since a few fields decide how they are: to learn
 * the types is much of what a new JVM has to do for one look at a cluster.
 *
 * @param plural as the API's paths name it
 */
record WorkloadKind(String group, String kind, String plural) {
    /** What an installation has. */
    static final List<WorkloadKind> OWNERS = List.of(
            new WorkloadKind("apps", "Deployment", "deployments"),
            new WorkloadKind("apps", "StatefulSet", "statefulsets"),
            new WorkloadKind("apps", "DaemonSet", "daemonsets"),
            new WorkloadKind("batch", "Job", "jobs"));

    /** And what stands between a Deployment and its pods. */
    static final List<WorkloadKind> ALL = Stream.concat(
                    OWNERS.stream(), Stream.of(new WorkloadKind("apps", "ReplicaSet", "replicasets")))
            .toList();

    private static final String VERSION = "v1";

    /** Those of {@link #OWNERS} that these objects have. */
    static List<WorkloadKind> among(Collection<ObjectRef> objects) {
        List<WorkloadKind> kinds = new ArrayList<>();
        for (WorkloadKind kind : OWNERS) {
            for (ObjectRef object : objects) {
                if (object.kind().equals(kind.kind) && object.group().equals(kind.group)) {
                    kinds.add(kind);
                    break;
                }
            }
        }
        return kinds;
    }

    List<PlainObject> list(ApiReader reader) {
        return reader.list("apis/" + group + "/" + VERSION + "/" + plural, group + "/" + VERSION, kind);
    }

    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> of(
            KubernetesClient client) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build());
    }

    /** The API's lists leave out what their items are. */
    List<GenericKubernetesResource> named(List<GenericKubernetesResource> objects) {
        objects.forEach(object -> {
            object.setApiVersion(group + "/" + VERSION);
            object.setKind(kind);
        });
        return objects;
    }
}
