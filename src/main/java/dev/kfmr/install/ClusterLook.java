package dev.kfmr.install;

import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Outcome;
import dev.kfmr.ready.WorkloadReader;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** One look at what is installed in a cluster, on a thread of its own from the moment it is made. Close it. */
final class ClusterLook implements AutoCloseable {
    private static final String DOING = "reading what is installed";

    private final FutureTask<ClusterConnection> opening;
    private final FutureTask<Optional<Seen>> looking;

    /** @param inventory what should be there @param workloads as they are */
    record Seen(Inventory inventory, WorkloadReader workloads) {}

    /** @param way is asked once, on the thread of the look */
    ClusterLook(Supplier<ClusterConnection> way) {
        this.opening = new FutureTask<>(way::get);
        this.looking = new FutureTask<>(() -> look(opening.get()));
        Thread thread = new Thread(this::run, "kfmr-look");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        opening.run();
        looking.run();
    }

    private static Optional<Seen> look(ClusterConnection connection) {
        Optional<Inventory> inventory = InventoryStore.read(connection.reader());
        return inventory.isEmpty()
                ? Optional.empty()
                : Optional.of(new Seen(
                        inventory.get(),
                        new WorkloadReader(
                                connection.reader(),
                                connection::client,
                                inventory.get().all())));
    }

    /** Waits for it. @throws RuntimeException as there is no way to the cluster */
    ClusterConnection connection() {
        return Outcome.of(opening, DOING);
    }

    /** Waits for it; empty where nothing is installed. @throws RuntimeException as the look failed */
    Optional<Seen> seen() {
        connection();
        return Outcome.of(looking, DOING);
    }

    /** Waits until the connection is open, and closes it. */
    @Override
    public void close() {
        try {
            opening.get().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // There is none to close; who waited for the look was told.
        }
    }
}
