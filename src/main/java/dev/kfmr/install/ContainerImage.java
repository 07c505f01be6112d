package dev.kfmr.install;

import dev.kfmr.core.Untyped;
import dev.kfmr.render.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image that a pod template names. */
record ContainerImage(String name, String image) {
    /** Those of the containers of a workload's template; empty for other objects. */
    static List<ContainerImage> of(Manifest manifest) {
        List<ContainerImage> images = new ArrayList<>();
        Map<String, Object> podSpec = Untyped.map(
                Untyped.map(Untyped.map(manifest.content().get("spec")).get("template"))
                        .get("spec"));
        for (Object container : list(podSpec.get("containers"))) {
            Map<String, Object> fields = Untyped.map(container);
            images.add(new ContainerImage(String.valueOf(fields.get("name")), String.valueOf(fields.get("image"))));
        }
        return images;
    }

    /** The object with another image wherever a container names {@code image}; itself where none does. */
    static Manifest replace(Manifest manifest, String image, String by) {
        boolean isNamed =
                of(manifest).stream().anyMatch(container -> container.image().equals(image));
        if (!isNamed) {
            return manifest;
        }
        Map<String, Object> spec = Untyped.map(manifest.content().get("spec"));
        Map<String, Object> template = Untyped.map(spec.get("template"));
        Map<String, Object> podSpec = Untyped.map(template.get("spec"));
        List<Object> containers = list(podSpec.get("containers")).stream()
                .map(container -> image.equals(Untyped.map(container).get("image"))
                        ? with(Untyped.map(container), "image", by)
                        : container)
                .toList();
        Map<String, Object> content = with(
                manifest.content(),
                "spec",
                with(spec, "template", with(template, "spec", with(podSpec, "containers", containers))));
        return Manifest.of(content);
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
