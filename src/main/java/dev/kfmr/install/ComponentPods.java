package dev.kfmr.install;

import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Readiness;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the pods that a part of an installation has now. */
public final class ComponentPods {
    private final KubernetesClient client;

    public ComponentPods(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Oldest workload name first; of a component all, of a workload its own.
     *
     * @param name a component, or one of its workloads
     * @throws KfmrException exit 2, {@code component.unknown}, with the nearest name
     */
    public List<Pod> of(String name) {
        Inventory inventory = InventoryStore.read(ApiReader.of(client)).orElseThrow(() -> unknown(name, Set.of()));
        List<ObjectRef> workloads = inventory.objects().getOrDefault(name, List.of()).stream()
                .filter(ComponentPods::isWorkload)
                .toList();
        if (workloads.isEmpty()) {
            workloads = inventory.all().stream()
                    .filter(ref -> isWorkload(ref) && ref.name().equals(name))
                    .toList();
        }
        if (workloads.isEmpty()) {
            throw unknown(name, names(inventory));
        }
        ClusterView view = ClusterView.read(client);
        List<Pod> pods = new ArrayList<>();
        workloads.forEach(ref -> view.find(ref).ifPresent(workload -> pods.addAll(view.podsOf(workload))));
        return pods;
    }

    private static boolean isWorkload(ObjectRef ref) {
        return Readiness.isWorkload(ref.group(), ref.kind());
    }

    private static Set<String> names(Inventory inventory) {
        Set<String> names = new TreeSet<>();
        inventory.objects().forEach((component, refs) -> refs.stream()
                .filter(ComponentPods::isWorkload)
                .forEach(ref -> names.addAll(List.of(component, ref.name()))));
        return names;
    }

    private static KfmrException unknown(String name, Set<String> known) {
        return new KfmrException(
                ExitCode.USAGE,
                "component.unknown",
                "Nothing that is installed is called " + name + "." + NearestName.hint(name, known),
                known.isEmpty() ? "Nothing is installed." : "There are: " + String.join(", ", known) + ".",
                "Name a component, or one of its workloads; kfmr status shows them.");
    }
}
