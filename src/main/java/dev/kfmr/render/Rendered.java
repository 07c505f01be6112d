package dev.kfmr.render;

import dev.kfmr.plan.PlannedComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All objects of a plan, by component, components in the plan's order. An object stands in one component only. */
public record Rendered(List<Component> components) {
    public Rendered {
        components = List.copyOf(components);
    }

    /** @param objects in kustomize's order, which is apply order: namespaces and CRDs first */
    public record Component(PlannedComponent planned, List<Manifest> objects) {
        public Component {
            objects = List.copyOf(objects);
        }

        public String name() {
            return planned.name();
        }

        /** Every image that a container names, its own and those that it starts others from, in alphabetical order. */
        public Set<String> images() {
            return objects.stream()
                    .flatMap(manifest -> Containers.of(manifest).all().stream())
                    .flatMap(container -> Stream.concat(Stream.of(container.image()), container.launchedImages()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    public Stream<Manifest> objects() {
        return components.stream().flatMap(component -> component.objects().stream());
    }

    /** Those of all components, in alphabetical order. */
    public Set<String> images() {
        return components.stream()
                .flatMap(component -> component.images().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
