package dev.kfmr.forward;

import dev.kfmr.cluster.OnAnyChange;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows, at every moment and without asking, which pod a connection to a service should go to: watches the service and
 * the pods that its selector names. The watches mend themselves when the API server was away.
 */
final class PodChooser implements AutoCloseable {
    /** How long a pod whose tunnel was refused comes last. */
    private static final Duration AVOIDED = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final ForwardSpec spec;
    private final Consumer<String> onGone;
    private final Map<String, Instant> refused = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Service> services;

    private volatile String watchError = "";

    private final Object lock = new Object();
    private Map<String, String> selector = Map.of();
    private @Nullable SharedIndexInformer<Pod> pods;
    private boolean closed;

    /** @param onGone gets the uid of a pod that no longer exists */
    PodChooser(KubernetesClient client, ForwardSpec spec, Consumer<String> onGone) {
        this.onGone = onGone;
        this.client = client;
        this.spec = spec;
        this.services = client.services()
                .inNamespace(spec.namespace())
                .withName(spec.service())
                .runnableInformer(0)
                .exceptionHandler((started, error) -> goOnAfter(error))
                .addEventHandler(new OnAnyChange<>(this::serviceChanged));
    }

    /** Begins to watch; returns at once. */
    void start() {
        services.start();
    }

    /** The pod whose turn it is: of the ready ones the newest. */
    Optional<ReadyPod> ready() {
        return service().flatMap(service -> pods().stream()
                .filter(PodHealth::isReady)
                .sorted(Comparator.comparing(this::wasRefused)
                        .thenComparing(PodHealth::readySince, Comparator.reverseOrder())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .flatMap(pod -> TargetPort.of(spec, service, pod).stream().map(port -> at(pod, port)))
                .findFirst());
    }

    /** The same, waiting for one within the limit. @throws KfmrException exit 130 when interrupted */
    Optional<ReadyPod> await(Duration limit) {
        Deadline deadline = Deadline.in(limit);
        synchronized (lock) {
            Optional<ReadyPod> pod = ready();
            while (pod.isEmpty() && !closed && !deadline.passed()) {
                awaitChange(deadline.left());
                pod = ready();
            }
            return pod;
        }
    }

    /** Waits until something changed, or the time is up. @throws KfmrException exit 130 when interrupted */
    void awaitChange(Duration limit) {
        synchronized (lock) {
            try {
                TimeUnit.NANOSECONDS.timedWait(lock, Math.max(1, limit.toNanos()));
            } catch (InterruptedException e) {
                throw KfmrException.interrupted("waiting for a pod of " + spec.service());
            }
        }
    }

    /** Its tunnel was refused: others go first for a while. */
    void avoid(ReadyPod pod) {
        refused.values().removeIf(until -> until.isBefore(Instant.now()));
        refused.put(pod.uid(), Instant.now().plus(AVOIDED));
    }

    /** Whether what is known here comes from a living connection to the API server. */
    boolean isConnected() {
        synchronized (lock) {
            return services.isWatching() && (pods == null || pods.isWatching());
        }
    }

    /** Why there is no ready pod, for people. */
    String waitingFor(Instant now) {
        Optional<Service> service = service();
        if (service.isEmpty()) {
            return services.hasSynced()
                    ? "no service " + spec.service() + " in namespace " + spec.namespace()
                    : connecting();
        }
        if (service.get().getSpec().getSelector() == null
                || service.get().getSpec().getSelector().isEmpty()) {
            return "service " + spec.service() + " selects no pods";
        }
        if (!knowsPods()) {
            return connecting();
        }
        return TargetPort.problem(spec, service.get(), pods()).orElseGet(() -> PodHealth.whyNoneReady(pods(), now));
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            services.stop();
            if (pods != null) {
                pods.stop();
            }
            lock.notifyAll();
        }
    }

    private String connecting() {
        return watchError.isEmpty() ? "connecting to Kubernetes" : watchError;
    }

    /** A watch never gives up; what stopped it is told as long as nothing is known. */
    private boolean goOnAfter(Throwable error) {
        Throwable cause = error.getCause() instanceof IOException io ? io : error;
        watchError = "Kubernetes does not answer: " + cause.getMessage();
        return true;
    }

    private ReadyPod at(Pod pod, int port) {
        return new ReadyPod(
                spec.namespace(), pod.getMetadata().getName(), pod.getMetadata().getUid(), port);
    }

    private boolean wasRefused(Pod pod) {
        Instant until = refused.get(pod.getMetadata().getUid());
        return until != null && Instant.now().isBefore(until);
    }

    private Optional<Service> service() {
        return services.getStore().list().stream().findFirst();
    }

    private List<Pod> pods() {
        synchronized (lock) {
            return pods == null ? List.of() : pods.getStore().list();
        }
    }

    /** That none is there can only be said when they were listed. */
    private boolean knowsPods() {
        synchronized (lock) {
            return pods != null && pods.hasSynced();
        }
    }

    private void serviceChanged() {
        synchronized (lock) {
            Map<String, String> wanted = service()
                    .map(service -> service.getSpec().getSelector())
                    .map(Map::copyOf)
                    .orElse(Map.of());
            if (!wanted.equals(selector) && !closed) {
                selector = wanted;
                watchPods(wanted);
            }
            lock.notifyAll();
        }
    }

    private void watchPods(Map<String, String> labels) {
        if (pods != null) {
            pods.stop();
            pods = null;
        }
        if (!labels.isEmpty()) {
            SharedIndexInformer<Pod> fresh = client.pods()
                    .inNamespace(spec.namespace())
                    .withLabels(labels)
                    .runnableInformer(0)
                    .exceptionHandler((started, error) -> goOnAfter(error))
                    .addEventHandler(new OnAnyChange<>(this::podsChanged))
                    .addEventHandler(new Gone(onGone));
            pods = fresh;
            fresh.start();
        }
    }

    private void podsChanged() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    /** Hears only of pods that were deleted. */
    private record Gone(Consumer<String> onGone) implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            // It came.
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            // It is still there.
        }

        @Override
        public void onDelete(Pod pod, boolean unknownFinalState) {
            onGone.accept(pod.getMetadata().getUid());
        }
    }
}
