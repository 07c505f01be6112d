package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryStoreTest {
    private final InMemoryObjects cluster = new InMemoryObjects();
    private final InventoryStore store = new InventoryStore(cluster);
    private final Inventory inventory = new Inventory(
            "26.03",
            "standalone",
            Map.of("requests", "auto", "images", "a=b"),
            List.of("mlmd-image", "registry-ui-probe"),
            Map.of(
                    "pipelines",
                    List.of(
                            ObjectRef.parse("apps/v1/Deployment/kubeflow/mysql"),
                            ObjectRef.parse("/v1/Namespace//kubeflow")),
                    "empty",
                    List.of()));

    @Test
    void isEmptyWhereNothingWasInstalled() {
        assertThat(store.read()).isEmpty();
    }

    @Test
    void readsWhatItWrote() {
        store.write(inventory);

        assertThat(store.read()).contains(inventory);
    }

    @Test
    void changesNothingWhenItSaysTheSame() {
        store.write(inventory);
        long revision = cluster.revision();

        store.write(inventory);

        assertThat(cluster.revision()).isEqualTo(revision);
    }

    @Test
    void isTheParentOfOurApplySet() {
        store.write(inventory);

        var parent = cluster.get(ObjectRef.parse("/v1/ConfigMap/kfmr-system/kfmr-inventory"))
                .orElseThrow();
        assertThat(parent.getMetadata().getLabels()).containsEntry("applyset.kubernetes.io/id", ApplySet.ID);
        assertThat(parent.getMetadata().getAnnotations())
                .containsEntry("applyset.kubernetes.io/contains-group-kinds", "Deployment.apps,Namespace")
                .containsEntry("applyset.kubernetes.io/additional-namespaces", "kubeflow")
                .containsKey("applyset.kubernetes.io/tooling");
    }

    @Test
    void hasTheIdThatTheSpecificationComputes() {
        // printf kfmr-inventory.kfmr-system.ConfigMap. | sha256sum, as base64url without padding
        assertThat(ApplySet.ID).isEqualTo("applyset-ZKAM52t9t0NwYGQxzysQWoR0qKtPvCZtHFx0NJjEWBE-v1");
    }
}
