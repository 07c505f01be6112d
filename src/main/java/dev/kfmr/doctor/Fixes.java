package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.StorageClasses;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The changes that doctor can make. */
final class Fixes {

    /** Longer than a claim in use takes to be freed by a pod that is not running. */
    private static final Duration TO_GO = Duration.ofSeconds(20);

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

    /** For a program that breaks on this machine. */
    static Fix takeImage(ObjectRef deployment, String container, String image, String by) {
        return new Fix(
                "kubectl -n " + deployment.namespace() + " set image deployment/" + deployment.name() + " " + container
                        + "=" + by + "   # and later kfmr up keeps to it",
                reach -> reach.replaceImage(image, by, client -> client.apps()
                        .deployments()
                        .inNamespace(deployment.namespace())
                        .withName(deployment.name())
                        .edit(found -> new DeploymentBuilder(found)
                                .editSpec()
                                .editTemplate()
                                .editSpec()
                                .editMatchingContainer(own -> container.equals(own.getName()))
                                .withImage(by)
                                .endContainer()
                                .endSpec()
                                .endTemplate()
                                .endSpec()
                                .build())));
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

    /** For a claim that never had a volume: its successor is looked at anew, and by the class that is the default now. */
    static Fix makeAnew(String namespace, String claim) {
        String kubectl = "kubectl -n " + namespace;
        return new Fix(
                kubectl + " get pvc " + claim + " -o yaml > claim.yaml; " + kubectl + " delete pvc " + claim + "; "
                        + kubectl + " create -f claim.yaml   # without what the cluster added",
                reach -> reach.inCluster(client -> {
                    var claims = client.persistentVolumeClaims()
                            .inNamespace(namespace)
                            .withName(claim);
                    PersistentVolumeClaim old = claims.get();
                    if (old != null && old.getSpec().getVolumeName() == null) {
                        claims.withTimeout(TO_GO.toSeconds(), TimeUnit.SECONDS).delete();
                        client.resource(successor(old)).create();
                    }
                }));
    }

    private static PersistentVolumeClaim successor(PersistentVolumeClaim old) {
        Map<String, String> annotations = new HashMap<>(
                old.getMetadata().getAnnotations() == null
                        ? Map.of()
                        : old.getMetadata().getAnnotations());
        annotations.keySet().removeIf(key -> key.contains("volume.") && key.contains("kubernetes.io/"));
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(old.getMetadata().getNamespace())
                .withName(old.getMetadata().getName())
                .withLabels(old.getMetadata().getLabels())
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(old.getSpec())
                .build();
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
