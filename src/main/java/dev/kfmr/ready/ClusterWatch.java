package dev.kfmr.ready;

import dev.kfmr.cluster.OnAnyChange;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Watches the workloads of all namespaces, and wakes who waits for a change. Watches that break are taken up again by
 * the client for as long as this is open: an API server that is away for a moment only makes the view older.
 */
public final class ClusterWatch implements AutoCloseable {
    private final Map<WorkloadKind, SharedIndexInformer<GenericKubernetesResource>> workloads = new LinkedHashMap<>();
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<PersistentVolumeClaim> claims;
    private final SharedIndexInformer<Event> events;
    private final Semaphore changes = new Semaphore(0);

    private ClusterWatch(KubernetesClient client) {
        WorkloadKind.ALL.forEach(kind -> workloads.put(kind, informer(kind.of(client))));
        pods = informer(client.resources(Pod.class));
        claims = informer(client.resources(PersistentVolumeClaim.class));
        events = informer(client.resources(Event.class));
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

    private <T extends HasMetadata> SharedIndexInformer<T> informer(AnyNamespaceable<? extends Informable<T>> objects) {
        SharedIndexInformer<T> informer = objects.inAnyNamespace().runnableInformer(0);
        informer.exceptionHandler((isStarted, trouble) -> true);
        informer.addEventHandler(new OnAnyChange<>(changes::release));
        return informer;
    }

    private void begin(Deadline deadline) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<?>[] started = informers()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(started).get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Stream<SharedIndexInformer<?>> informers() {
        return Stream.concat(workloads.values().stream(), Stream.of(pods, claims, events));
    }

    /** What is known now. */
    public ClusterView view() {
        List<HasMetadata> objects = new ArrayList<>();
        workloads.forEach((kind, informer) ->
                objects.addAll(kind.named(informer.getStore().list())));
        objects.addAll(pods.getStore().list());
        objects.addAll(claims.getStore().list());
        return new ClusterView(objects, events.getStore().list());
    }

    /** Whether the view is up to date: false while a watch is broken and not taken up again yet. */
    public boolean isWatching() {
        return informers().allMatch(SharedIndexInformer::isWatching);
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
        informers().forEach(SharedIndexInformer::stop);
    }
}
