package dev.kfmr.install;

import dev.kfmr.apply.ApiObjects;
import dev.kfmr.apply.ClusterObjects;
import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.apply.Prune;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes an installation out of a cluster that stays: what its inventory names and its controllers made, and nothing else. */
final class Removal {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final ApiReader cluster;
    private final ClusterObjects objects;
    private final InventoryStore store;
    private final Progress progress;

    Removal(KubernetesClient client, Progress progress) {
        this.cluster = ApiReader.of(client);
        this.objects = new ApiObjects(client);
        this.store = new InventoryStore(objects);
        this.progress = progress;
    }

    /** How many objects there are to take away. */
    int count() {
        return store.read().map(inventory -> inventory.all().size()).orElse(0);
    }

    /**
     * Returns when all of it is gone: namespaces go last, with what controllers put into them, and after them what
     * controllers put beside them.
     *
     * @throws KfmrException exit 5 when something is not gone at the deadline; the inventory stays then
     */
    void run(Deadline deadline) {
        Optional<Inventory> inventory = store.read();
        if (inventory.isEmpty()) {
            return;
        }
        Leftovers leftovers = Leftovers.of(inventory.get(), cluster);
        Prune.Result result = new Prune(objects).run(inventory.get().objects(), Set.of(), deadline);
        progress.step(Stage.DELETE, "deleted " + result.deleted().size() + " objects, waiting until they are gone");
        result.kept().forEach(ref -> progress.warning(ref.id() + " is no longer kfmr's, and stays"));
        result.deleted().forEach(ref -> awaitGone(ref, deadline));
        // Only now: istiod writes anew what is taken away under it.
        leftovers.rootCertificates().forEach(objects::delete);
        leftovers.namespaces().forEach(ref -> awaitGone(ref, deadline));
        awaitGone(store.delete(), deadline);
    }

    private void awaitGone(ObjectRef ref, Deadline deadline) {
        while (objects.get(ref).isPresent()) {
            if (deadline.passed()) {
                throw new KfmrException(
                        ExitCode.NOT_READY,
                        "down.not-gone",
                        ref.id() + " is not gone.",
                        "It was deleted, and something keeps it: a finalizer whose controller does not answer.",
                        "See what: kubectl describe " + ref.kind() + " " + ref.name() + namespaceOption(ref)
                                + "\nThen run the same command again.");
            }
            deadline.sleep(LOOK_AGAIN, "waiting until " + ref.id() + " is gone");
        }
    }

    private static String namespaceOption(ObjectRef ref) {
        return ref.namespace().isEmpty() ? "" : " -n " + ref.namespace();
    }

    /** For a question. */
    List<String> doomed(String context) {
        int count = count();
        return count == 0
                ? List.of()
                : List.of(count + " objects with their data in the cluster of context " + context);
    }
}
