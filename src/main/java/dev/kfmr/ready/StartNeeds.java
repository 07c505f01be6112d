package dev.kfmr.ready;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.profile.ComponentSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which workloads need which others to run, from the {@code startsAfter} of the components. */
public final class StartNeeds {
    private StartNeeds() {}

    /**
     * Names are of workloads of the installation, with their namespace ({@code kubeflow/mysql}) or without; names that
     * it does not have are ignored.
     *
     * @param components each with its workloads
     */
    public static Map<ObjectRef, List<ObjectRef>> of(Map<ComponentSpec, List<ObjectRef>> components) {
        List<ObjectRef> workloads =
                components.values().stream().flatMap(Collection::stream).toList();
        Map<ObjectRef, List<ObjectRef>> needs = new HashMap<>();
        components.forEach((component, own) -> component.startsAfter().forEach((name, needed) -> named(name, own)
                .forEach(workload -> {
                    List<ObjectRef> all = needs.computeIfAbsent(workload, key -> new ArrayList<>());
                    needed.stream().flatMap(need -> named(need, workloads)).forEach(all::add);
                })));
        return needs;
    }

    private static Stream<ObjectRef> named(String name, List<ObjectRef> workloads) {
        return workloads.stream()
                .filter(ref -> name.equals(ref.name()) || name.equals(ref.namespace() + "/" + ref.name()));
    }
}
