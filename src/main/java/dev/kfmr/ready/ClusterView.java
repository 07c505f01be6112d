package dev.kfmr.ready;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ApiReader;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What was in the cluster at one moment: workloads, their pods, volume claims and events, of all namespaces. */
public final class ClusterView {
    private final Map<String, HasMetadata> byIdentity = new HashMap<>();
    private final Map<String, List<HasMetadata>> byOwner = new HashMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private final Map<String, List<Event>> eventsByUid = new HashMap<>();

    public ClusterView(Collection<? extends HasMetadata> objects, Collection<Event> events) {
        for (HasMetadata object : objects) {
            byIdentity.put(
                    identity(
                            object.getKind(),
                            namespace(object),
                            object.getMetadata().getName()),
                    object);
            for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
                byOwner.computeIfAbsent(owner.getUid(), uid -> new ArrayList<>())
                        .add(object);
            }
            if (object instanceof Pod pod) {
                pods.add(pod);
            }
        }
        for (Event event : events) {
            boolean isOfAnObject = event.getInvolvedObject() != null
                    && event.getInvolvedObject().getUid() != null;
            if (isOfAnObject) {
                eventsByUid
                        .computeIfAbsent(event.getInvolvedObject().getUid(), uid -> new ArrayList<>())
                        .add(event);
            }
        }
    }

    /** The workloads that are there now, of all namespaces: enough to see whether they are ready. */
    static ClusterView ofWorkloads(ApiReader reader, List<WorkloadKind> kinds) {
        return new ClusterView(lists(reader, kinds, List.of()), List.of());
    }

    /** The same with everything that tells why one is not: many times as much to read. */
    public static ClusterView read(KubernetesClient client) {
        Supplier<List<? extends HasMetadata>> pods =
                () -> client.pods().inAnyNamespace().list().getItems();
        return new ClusterView(
                lists(ApiReader.of(client), WorkloadKind.ALL, List.of(pods)),
                client.resources(Event.class).inAnyNamespace().list().getItems());
    }

    /** Asked for side by side: most of a look is waiting for them. */
    private static List<HasMetadata> lists(
            ApiReader reader, List<WorkloadKind> kinds, List<Supplier<List<? extends HasMetadata>>> others) {
        List<CompletableFuture<List<? extends HasMetadata>>> lists = new ArrayList<>();
        for (WorkloadKind kind : kinds) {
            lists.add(CompletableFuture.supplyAsync(() -> kind.list(reader)));
        }
        for (Supplier<List<? extends HasMetadata>> other : others) {
            lists.add(CompletableFuture.supplyAsync(other));
        }
        List<HasMetadata> objects = new ArrayList<>();
        try {
            for (CompletableFuture<List<? extends HasMetadata>> list : lists) {
                objects.addAll(list.join());
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof KubernetesClientException failure) {
                throw failure;
            }
            throw e;
        }
        return objects;
    }

    public Optional<HasMetadata> find(ObjectRef ref) {
        return find(ref.kind(), ref.namespace(), ref.name());
    }

    public Optional<HasMetadata> find(String kind, String namespace, String name) {
        return Optional.ofNullable(byIdentity.get(identity(kind, namespace, name)));
    }

    public List<Pod> pods() {
        return List.copyOf(pods);
    }

    /** Pods that the workload owns, itself or through a ReplicaSet; newest first. A pod owns itself. */
    public List<Pod> podsOf(HasMetadata workload) {
        if (workload instanceof Pod pod) {
            return List.of(pod);
        }
        List<Pod> found = new ArrayList<>();
        for (HasMetadata owned : ownedBy(workload)) {
            if (owned instanceof Pod pod) {
                found.add(pod);
            } else {
                found.addAll(podsOf(owned));
            }
        }
        found.sort((one, other) -> created(other).compareTo(created(one)));
        return found;
    }

    /** ReplicaSets of a Deployment, pods of a ReplicaSet. */
    public List<HasMetadata> ownedBy(HasMetadata owner) {
        return byOwner.getOrDefault(owner.getMetadata().getUid(), List.of());
    }

    public List<Event> eventsOf(HasMetadata object) {
        return eventsByUid.getOrDefault(object.getMetadata().getUid(), List.of());
    }

    private static String created(Pod pod) {
        String time = pod.getMetadata().getCreationTimestamp();
        return time == null ? "" : time;
    }

    private static String namespace(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return namespace == null ? "" : namespace;
    }

    private static String identity(String kind, String namespace, String name) {
        return kind + "/" + namespace + "/" + name;
    }
}
