package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.Progress;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Sidecars;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A pod that was made before Istio's injector answered has no sidecar, and looks well: only those whom it talks to refuse
 * it. Such pods are deleted, once for each workload: their successors have one.
 *
 * <p>Whether they would have, the API server is asked by a dry run of the same pod, which goes through the injector as it
 * is now, with its selectors and its policy. So a mesh that injects nothing is left as it is.
 */
final class HealSidecars {
    /** A pod is not deleted from under these: one of a Job would begin its work again, and a bare one never come back. */
    private static final Set<String> LEFT_ALONE = Set.of("Job", "Pod");

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** What is asked of the cluster; what it throws means: not now. */
    interface Mesh {
        /** The names of its namespaces. */
        Set<String> namespaces();

        /** Whether a pod like this one would get a sidecar if it were made now. */
        boolean injects(Pod pod);
    }

    private final List<ObjectRef> workloads;
    private final Mesh mesh;
    private final Consumer<Pod> delete;
    private final Progress progress;
    private final Clock clock;
    private final Set<ObjectRef> mended = new HashSet<>();
    /** Namespaces where nothing is injected: one answer counts for all pods there. */
    private final Set<String> without = new HashSet<>();

    private Optional<Set<String>> namespaces = Optional.empty();
    private Instant triedInVain = Instant.MIN;

    /** @param delete deletes the pod; what it throws means: not now */
    HealSidecars(List<ObjectRef> workloads, Mesh mesh, Consumer<Pod> delete, Progress progress, Clock clock) {
        this.workloads = workloads.stream()
                .filter(ref -> !LEFT_ALONE.contains(ref.kind()))
                .toList();
        this.mesh = mesh;
        this.delete = delete;
        this.progress = progress;
        this.clock = clock;
    }

    /** Only once the injector is there. @return whether pods were deleted, so that the view is out of date */
    boolean look(ClusterView view) {
        boolean isAny = false;
        if (clock.instant().isBefore(triedInVain.plus(PAUSE))) {
            return false;
        }
        try {
            for (ObjectRef ref : workloads) {
                Optional<HasMetadata> workload = mended.contains(ref) ? Optional.empty() : view.find(ref);
                isAny |= workload.isPresent() && mend(ref, view.podsOf(workload.get()));
            }
        } catch (KubernetesClientException e) {
            // The injector or the API server is away for a moment.
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            triedInVain = clock.instant();
        }
        return isAny;
    }

    private boolean mend(ObjectRef ref, List<Pod> pods) {
        List<Pod> bare = pods.stream()
                .filter(pod -> Sidecars.isDue(pod) && !Sidecars.has(pod))
                .toList();
        if (bare.isEmpty()
                || without.contains(ref.namespace())
                || !isInTheMesh(bare.get(0))
                || !isInjected(bare.get(0))) {
            return false;
        }
        bare.forEach(delete);
        mended.add(ref);
        progress.healed(
                "made the pods of " + ref.name() + " anew: they came before Istio's injector, and had no sidecar");
        return true;
    }

    private boolean isInTheMesh(Pod pod) {
        if (Sidecars.isAskedFor(pod)) {
            return true;
        }
        if (namespaces.isEmpty()) {
            namespaces = Optional.of(mesh.namespaces());
        }
        return namespaces.get().contains(pod.getMetadata().getNamespace());
    }

    private boolean isInjected(Pod pod) {
        boolean isInjected = mesh.injects(pod);
        if (!isInjected) {
            without.add(pod.getMetadata().getNamespace());
        }
        return isInjected;
    }

    /** Of a cluster. */
    static Mesh mesh(KubernetesClient client) {
        return new Mesh() {
            @Override
            public Set<String> namespaces() {
                return client.namespaces().list().getItems().stream()
                        .filter(Sidecars::isInTheMesh)
                        .map(namespace -> namespace.getMetadata().getName())
                        .collect(Collectors.toSet());
            }

            @Override
            public boolean injects(Pod pod) {
                return Sidecars.has(client.resource(successor(pod)).dryRun(true).create());
            }
        };
    }

    /** As its owner would make it. What the API server filled in is the same again. */
    static Pod successor(Pod pod) {
        return pod.edit()
                .withNewMetadata()
                .withGenerateName(pod.getMetadata().getName() + "-")
                .withNamespace(pod.getMetadata().getNamespace())
                .withLabels(pod.getMetadata().getLabels())
                .withAnnotations(pod.getMetadata().getAnnotations())
                .endMetadata()
                .editSpec()
                .withNodeName(null)
                .withEphemeralContainers(List.of())
                .endSpec()
                .withStatus(null)
                .build();
    }
}
