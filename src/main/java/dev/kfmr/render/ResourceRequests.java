package dev.kfmr.render;

import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestSums;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** What rendered objects ask of a machine of one node. */
public final class ResourceRequests {
    private ResourceRequests() {}

    /** With upstream's requests, and with all of them lowered. @param rendered with upstream's requests */
    public static RequestSums of(Rendered rendered) {
        return sums(rendered.objects().toList(), SidecarInjection.of(rendered));
    }

    /** The same by component; components without pods are left out. */
    public static Map<String, RequestSums> byComponent(Rendered rendered) {
        SidecarInjection injection = SidecarInjection.of(rendered);
        Map<String, RequestSums> sums = new LinkedHashMap<>();
        rendered.components().forEach(component -> sums.put(component.name(), sums(component.objects(), injection)));
        sums.values().removeIf(sum -> sum.upstream().pods() == 0);
        return sums;
    }

    private static RequestSums sums(List<Manifest> objects, SidecarInjection injection) {
        return new RequestSums(sum(objects, injection, false), sum(objects, injection, true));
    }

    /**
     * For each pod the larger of its containers' sum and its largest init container, as the scheduler counts, and its
     * sidecar.
     */
    private static MachineNeeds sum(List<Manifest> objects, SidecarInjection injection, boolean lowered) {
        int cpu = 0;
        int memory = 0;
        int pods = 0;
        for (Manifest manifest : objects) {
            Containers containers = Containers.of(manifest);
            if (containers.all().isEmpty()) {
                continue;
            }
            int replicas = replicas(manifest);
            cpu += replicas * podNeeds(manifest, containers, injection, c -> asked(c, ComputeResource.CPU, lowered));
            memory += replicas
                    * podNeeds(manifest, containers, injection, c -> asked(c, ComputeResource.MEMORY, lowered));
            pods += replicas;
        }
        return new MachineNeeds(cpu, memory, pods);
    }

    /** What only a limit reserves is not lowered: limits are left as they are. */
    private static int asked(Containers.Container container, ComputeResource resource, boolean lowered) {
        return lowered
                ? container
                        .request(resource)
                        .map(request -> LoweredRequests.of(resource, request))
                        .orElseGet(() -> container.asked(resource))
                : container.asked(resource);
    }

    private static int podNeeds(
            Manifest manifest,
            Containers containers,
            SidecarInjection injection,
            ToIntFunction<Containers.Container> asked) {
        int running = 0;
        int largestInit = 0;
        for (Containers.Container container : containers.all()) {
            if (container.init()) {
                largestInit = Math.max(largestInit, asked.applyAsInt(container));
            } else {
                running += asked.applyAsInt(container);
            }
        }
        // A sidecar runs before the init containers begin, and beside all of them.
        int sidecar = injection.sidecarOf(manifest, containers).stream()
                .mapToInt(asked)
                .sum();
        return Math.max(running, largestInit) + sidecar;
    }

    private static int replicas(Manifest manifest) {
        return manifest.content().get("spec") instanceof Map<?, ?> spec && spec.get("replicas") instanceof Number number
                ? number.intValue()
                : 1;
    }
}
