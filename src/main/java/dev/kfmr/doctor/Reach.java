package dev.kfmr.doctor;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;

/**
 * All that a fix can touch.
 *
 * @param name the environment's
 */
public record Reach(String name, KindClusters clusters, UserKubeconfig userKubeconfig) {
    /** Runs the change with a connection to kfmr's own cluster. */
    void inCluster(Consumer<KubernetesClient> change) {
        try (ClusterConnection connection = connect()) {
            change.accept(connection.client());
        }
    }

    ClusterConnection connect() {
        return ClusterConnection.toKubeconfig(clusters.kubeconfig(name));
    }
}
