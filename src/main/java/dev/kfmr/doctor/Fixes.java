package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.StorageClasses;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Duration;

/** The changes that doctor can make. */
final class Fixes {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private Fixes() {}

    static Fix scale(ObjectRef deployment, int replicas) {
        return new Fix(
                "kubectl -n " + deployment.namespace() + " scale deployment " + deployment.name() + " --replicas="
                        + replicas,
                reach -> reach.inCluster(client -> client.apps()
                        .deployments()
                        .inNamespace(deployment.namespace())
                        .withName(deployment.name())
                        .scale(replicas)));
    }

    static Fix makeDefault(String storageClass) {
        return new Fix(
                "kubectl annotate --overwrite storageclass " + storageClass + " " + StorageClasses.DEFAULT + "=true",
                reach -> reach.inCluster(client -> client.storage()
                        .v1()
                        .storageClasses()
                        .withName(storageClass)
                        .edit(found -> new StorageClassBuilder(found)
                                .editMetadata()
                                .addToAnnotations(StorageClasses.DEFAULT, "true")
                                .endMetadata()
                                .build())));
    }

    static Fix deletePod(String namespace, String name) {
        return new Fix(
                "kubectl -n " + namespace + " delete pod " + name,
                reach -> reach.inCluster(client -> client.pods()
                        .inNamespace(namespace)
                        .withName(name)
                        .withTimeoutInMillis(0)
                        .delete()));
    }

    /** Of all of the cluster's nodes; ends when the API server answers. */
    static Fix startNodes(String command) {
        return new Fix(command, reach -> {
            reach.clusters().start(reach.name(), Progress.silent());
            try (var connection = reach.connect()) {
                connection.awaitReady(Deadline.in(START_LIMIT));
            }
        });
    }

    static Fix addContext(String command) {
        return new Fix(command, reach -> reach.userKubeconfig()
                .add(reach.clusters().kubeconfig(reach.name()), reach.name(), false));
    }
}
