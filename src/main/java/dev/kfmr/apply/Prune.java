package dev.kfmr.apply;

import dev.kfmr.core.Deadline;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deletes objects that left the plan, and only those that carry our ApplySet label. In an order in which each can go:
 * custom resources while their controller may still live, then the rest, then CRDs, namespaces last. A volume claim goes
 * only with its whole component, since its data goes with it; one that merely dropped out of a component stays.
 */
public final class Prune {
    private static final Duration FOR_CUSTOM_RESOURCES = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    /** Groups of Kubernetes itself that have no dot in their name, or end with this. */
    private static final String KUBERNETES_GROUPS = ".k8s.io";

    private final ClusterObjects objects;

    public Prune(ClusterObjects objects) {
        this.objects = objects;
    }

    /** @param kept volume claims that stay, and objects that are no longer ours */
    public record Result(List<ObjectRef> deleted, List<ObjectRef> kept) {
        public Result {
            deleted = List.copyOf(deleted);
            kept = List.copyOf(kept);
        }
    }

    /**
     * @param leftBehind by the component that brought it
     * @param components those that the plan still has
     * @throws KubernetesClientException when the API server refuses a deletion
     */
    public Result run(Map<String, List<ObjectRef>> leftBehind, Set<String> components, Deadline deadline) {
        List<ObjectRef> doomed = new ArrayList<>();
        List<ObjectRef> kept = new ArrayList<>();
        leftBehind.forEach((component, refs) -> refs.forEach(ref -> {
            (keepsData(ref, component, components) ? kept : doomed).add(ref);
        }));
        doomed.sort(Comparator.comparing(Prune::turn).thenComparing(Comparator.reverseOrder()));
        List<ObjectRef> deleted = new ArrayList<>();
        Turn current = Turn.CUSTOM_RESOURCE;
        for (ObjectRef ref : doomed) {
            if (current == Turn.CUSTOM_RESOURCE && turn(ref) != current) {
                awaitGone(deleted, deadline.within(FOR_CUSTOM_RESOURCES));
                current = turn(ref);
            }
            (delete(ref) ? deleted : kept).add(ref);
        }
        return new Result(deleted, kept);
    }

    static boolean keepsData(ObjectRef ref, String component, Set<String> components) {
        return ref.kind().equals("PersistentVolumeClaim") && components.contains(component);
    }

    private enum Turn {
        CUSTOM_RESOURCE,
        ORDINARY,
        DEFINITION,
        NAMESPACE
    }

    private static Turn turn(ObjectRef ref) {
        if (ref.kind().equals("CustomResourceDefinition")) {
            return Turn.DEFINITION;
        }
        if (ref.kind().equals("Namespace") && ref.group().isEmpty()) {
            return Turn.NAMESPACE;
        }
        boolean isKubernetesOwn = !ref.group().contains(".") || ref.group().endsWith(KUBERNETES_GROUPS);
        return isKubernetesOwn ? Turn.ORDINARY : Turn.CUSTOM_RESOURCE;
    }

    /** An object that is gone already counts as deleted. */
    private boolean delete(ObjectRef ref) {
        GenericKubernetesResource live = objects.get(ref).orElse(null);
        if (live == null) {
            return true;
        }
        if (!ApplySet.isMember(live)) {
            return false;
        }
        objects.delete(ref);
        return true;
    }

    /** Bounded: a custom resource whose controller is gone keeps its finalizer, and goes with its definition. */
    private void awaitGone(List<ObjectRef> deleted, Deadline deadline) {
        for (ObjectRef ref : deleted) {
            while (objects.get(ref).isPresent() && !deadline.passed()) {
                deadline.sleep(LOOK_AGAIN, "waiting until " + ref.id() + " is gone");
            }
        }
    }
}
