package dev.kfmr.plan;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a pod reserves of a machine by its requests. */
public enum ComputeResource {
    /** In thousandths of a core. */
    CPU("CPU", "m"),
    /** In MiB. */
    MEMORY("memory", "Mi");

    /** Both. */
    public static final Set<ComputeResource> ALL = Set.of(values());

    private final String title;
    private final String unit;

    ComputeResource(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** As it stands in a container's requests. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In the middle of a sentence. */
    public String title() {
        return title;
    }

    /** As a quantity of Kubernetes: {@code 250m}, {@code 500Mi}. */
    public String quantity(int amount) {
        return amount + unit;
    }

    /** In alphabetical order. */
    public static List<String> keys(Collection<ComputeResource> resources) {
        return resources.stream().sorted().map(ComputeResource::key).toList();
    }

    /** By their keys. {@code true} is CPU: so says an environment of a kfmr that lowered nothing else. */
    public static Set<ComputeResource> ofKeys(Collection<String> keys) {
        Set<ComputeResource> resources = EnumSet.noneOf(ComputeResource.class);
        for (ComputeResource resource : values()) {
            if (keys.contains(resource.key()) || (resource == CPU && keys.contains("true"))) {
                resources.add(resource);
            }
        }
        return resources;
    }

    /** {@code CPU and memory}. */
    public static String titles(Collection<ComputeResource> resources) {
        return resources.stream().sorted().map(ComputeResource::title).collect(Collectors.joining(" and "));
    }
}
