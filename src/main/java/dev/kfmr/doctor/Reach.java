package dev.kfmr.doctor;

import dev.kfmr.apply.Refusal;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Consumer;

/**
 * All that a fix can touch.
 *
 * @param name the environment's
 */
public record Reach(String name, KindClusters clusters, UserKubeconfig userKubeconfig) {
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

    ClusterConnection connect() {
        return ClusterConnection.toKubeconfig(clusters.kubeconfig(name));
    }
}
