package dev.kfmr.doctor;

import dev.kfmr.apply.Refusal;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.FallbackImages;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All that a fix can touch.
 *
 * @param name the environment's
 * @param own asked for only by what touches a cluster: this machine is mended while no engine answers, too
 */
public record Reach(String name, Supplier<KindClusters> own, UserKubeconfig userKubeconfig, EnvironmentStore store) {
    private static final Duration FOR_THE_LOCK = Duration.ofSeconds(10);

    /** @throws KfmrException exit 3 when the cluster is not kfmr's, or no engine answers */
    KindClusters clusters() {
        return own.get();
    }

    /** Runs the change with a connection to kfmr's own cluster. @throws KfmrException exit 3, {@code doctor.fix-failed} */
    void inCluster(Consumer<KubernetesClient> change) {
        try (ClusterConnection connection = connect()) {
            change.accept(connection.client());
        } catch (KubernetesClientException e) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "doctor.fix-failed",
                    "The cluster refused the change.",
                    Refusal.of(e).words(),
                    "Look again: kfmr doctor",
                    e);
        }
    }

    /** Takes an image in place of another, for the renders to come as well. @throws KfmrException as {@link #inCluster} */
    void replaceImage(String image, String by, Consumer<KubernetesClient> change) {
        try (EnvironmentLock held = EnvironmentLock.take(store.folder(name), Deadline.in(FOR_THE_LOCK), text -> {})) {
            inCluster(change);
            store.load(name, text -> {})
                    .map(known -> known.withImages(FallbackImages.chosen(known.images(), image, by)))
                    .ifPresent(store::save);
        }
    }

    ClusterConnection connect() {
        return ClusterConnection.toKubeconfig(clusters().kubeconfig(name));
    }
}
