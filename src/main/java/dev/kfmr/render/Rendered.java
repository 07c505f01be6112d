package dev.kfmr.render;

import dev.kfmr.plan.PlannedComponent;
import java.util.List;
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
    }

    public Stream<Manifest> objects() {
        return components.stream().flatMap(component -> component.objects().stream());
    }
}
