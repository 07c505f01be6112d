package dev.kfmr.render;

import dev.kfmr.plan.MachineNeeds;
import java.util.Map;
import java.util.function.ToIntFunction;

/** What rendered objects ask of a machine of one node. */
public final class ResourceRequests {
    private ResourceRequests() {}

    /** For each pod the larger of its containers' sum and its largest init container, as the scheduler counts. */
    public static MachineNeeds of(Rendered rendered) {
        int cpu = 0;
        int memory = 0;
        int pods = 0;
        for (Manifest manifest : (Iterable<Manifest>) rendered.objects()::iterator) {
            Containers containers = Containers.of(manifest);
            if (containers.all().isEmpty()) {
                continue;
            }
            int replicas = replicas(manifest);
            cpu += replicas
                    * podNeeds(
                            containers,
                            c -> c.request("cpu").map(Quantities::milli).orElse(0));
            memory += replicas
                    * podNeeds(
                            containers,
                            c -> c.request("memory").map(Quantities::mebi).orElse(0));
            pods += replicas;
        }
        return new MachineNeeds(cpu, memory, pods);
    }

    private static int podNeeds(Containers containers, ToIntFunction<Containers.Container> request) {
        int running = 0;
        int largestInit = 0;
        for (Containers.Container container : containers.all()) {
            int asked = request.applyAsInt(container);
            if (container.init()) {
                largestInit = Math.max(largestInit, asked);
            } else {
                running += asked;
            }
        }
        return Math.max(running, largestInit);
    }

    private static int replicas(Manifest manifest) {
        return manifest.content().get("spec") instanceof Map<?, ?> spec && spec.get("replicas") instanceof Number number
                ? number.intValue()
                : 1;
    }
}
