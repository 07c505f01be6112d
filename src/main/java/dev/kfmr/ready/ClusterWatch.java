package dev.kfmr.ready;

import dev.kfmr.cluster.OnAnyChange;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Watches the workloads of all namespaces, and wakes who waits for a change. Watches that break are taken up again by
 * the client for as long as this is open: an API server that is away for a moment only makes the view older.
 */
public final class ClusterWatch implements AutoCloseable {
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Pod.class,
            Deployment.class,
            StatefulSet.class,
            DaemonSet.class,
            ReplicaSet.class,
            Job.class,
            PersistentVolumeClaim.class);

    private final List<SharedIndexInformer<? extends HasMetadata>> workloads = new ArrayList<>();
    private final SharedIndexInformer<Event> events;
    private final Semaphore changes = new Semaphore(0);

    private ClusterWatch(KubernetesClient client) {
        for (Class<? extends HasMetadata> kind : KINDS) {
            workloads.add(informer(client, kind));
        }
        events = informer(client, Event.class);
    }

    /** Returns when the first view is complete. @throws KfmrException exit 3 when that does not come in time */
    public static ClusterWatch start(KubernetesClient client, Deadline deadline) {
        ClusterWatch watch = new ClusterWatch(client);
        try {
            watch.begin(deadline);
            return watch;
        } catch (InterruptedException e) {
            watch.close();
            throw KfmrException.interrupted("starting to watch the cluster");
        } catch (ExecutionException | TimeoutException e) {
            watch.close();
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "cluster.unreachable",
                    "Cannot watch the cluster.",
                    "The API server did not answer in time: " + e,
                    "See whether the cluster runs: kfmr doctor",
                    e);
        }
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(KubernetesClient client, Class<T> kind) {
        SharedIndexInformer<T> informer =
                client.resources(kind).inAnyNamespace().runnableInformer(0);
        informer.exceptionHandler((isStarted, trouble) -> true);
        informer.addEventHandler(new OnAnyChange<>(changes::release));
        return informer;
    }

    private void begin(Deadline deadline) throws InterruptedException, ExecutionException, TimeoutException {
        List<CompletableFuture<Void>> started = new ArrayList<>();
        workloads.forEach(informer -> started.add(informer.start().toCompletableFuture()));
        started.add(events.start().toCompletableFuture());
        CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
                .get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is known now. */
    public ClusterView view() {
        List<HasMetadata> objects = new ArrayList<>();
        workloads.forEach(informer -> objects.addAll(informer.getStore().list()));
        return new ClusterView(objects, events.getStore().list());
    }

    /** Whether the view is up to date: false while a watch is broken and not taken up again yet. */
    public boolean isWatching() {
        return events.isWatching() && workloads.stream().allMatch(SharedIndexInformer::isWatching);
    }

    /** Returns at the next change, or after {@code limit}. @throws KfmrException exit 130 when interrupted */
    public void awaitChange(Duration limit) {
        try {
            changes.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
            changes.drainPermits();
        } catch (InterruptedException e) {
            throw KfmrException.interrupted("waiting until everything is ready");
        }
    }

    @Override
    public void close() {
        workloads.forEach(SharedIndexInformer::stop);
        events.stop();
    }
}
