package dev.kfmr.render;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.profile.Patch;
import dev.kfmr.profile.YamlDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What kfmr changes about one component, as an ordinary kustomization around what upstream renders to: readable, and
 * usable without kfmr. An image is replaced by a patch of each container that names it with just that tag, since
 * kustomize's own {@code images} would replace every tag.
 */
final class Overlay {
    /** The file with upstream's objects, beside the kustomization. */
    static final String UPSTREAM = "upstream.yaml";

    private final PlannedComponent component;
    private final String release;
    private final List<Manifest> upstream;
    private final List<Map<String, Object>> patches = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    private Overlay(PlannedComponent component, String release, List<Manifest> upstream) {
        this.component = component;
        this.release = release;
        this.upstream = upstream;
    }

    /**
     * @param images replacements that healing chose, from image to image
     * @param lowered what requests are lowered of
     * @return the kustomization's text
     * @throws KfmrException exit 4, {@code render.patch-target-gone}
     */
    static String text(
            PlannedComponent component,
            String release,
            List<Manifest> upstream,
            Map<String, String> images,
            Set<ComputeResource> lowered) {
        Overlay overlay = new Overlay(component, release, upstream);
        component.patches().forEach(patch -> overlay.add(patch, images));
        overlay.addHealed(images);
        if (!lowered.isEmpty()) {
            overlay.lowerRequests(lowered);
        }
        return overlay.text();
    }

    private void add(Patch patch, Map<String, String> healed) {
        reasons.add(patch.id() + ": " + patch.reason() + (patch.thread().isEmpty() ? "" : " (" + patch.thread() + ")"));
        patch.images().forEach((from, to) -> {
            if (replaceImage(from, healed.getOrDefault(to, to)) == 0) {
                throw gone(patch, "no container names the image " + from);
            }
        });
        if (!patch.content().isEmpty()) {
            checkTarget(patch);
            Map<String, Object> entry = new LinkedHashMap<>();
            if (!patch.target().isEmpty()) {
                entry.put("target", new TreeMap<>(patch.target()));
            }
            entry.put("patch", patch.content());
            patches.add(entry);
        }
    }

    private void addHealed(Map<String, String> images) {
        images.forEach((from, to) -> {
            if (replaceImage(from, to) > 0) {
                reasons.add("healed: " + to + " stands in for " + from + ", which crashed here");
            }
        });
    }

    private int replaceImage(String from, String to) {
        int count = 0;
        for (Manifest manifest : upstream) {
            List<Map<String, Object>> operations = new ArrayList<>();
            for (Containers.Container container : Containers.of(manifest).all()) {
                if (container.image().equals(from)) {
                    operations.add(replace(container.pointer() + "/image", to));
                }
            }
            count += operations.size();
            patch(manifest, operations);
        }
        return count;
    }

    private void lowerRequests(Set<ComputeResource> resources) {
        reasons.add("requests: those for " + ComputeResource.titles(resources) + " are lowered to fit the machine");
        for (Manifest manifest : upstream) {
            List<Map<String, Object>> operations = new ArrayList<>();
            for (Containers.Container container : Containers.of(manifest).all()) {
                lowered(container, resources)
                        .forEach((key, quantity) ->
                                operations.add(replace(container.pointer() + "/resources/requests/" + key, quantity)));
            }
            InjectorValues.of(manifest).ifPresent(values -> {
                Map<String, String> requests = lowered(values.sidecar(), resources);
                if (!requests.isEmpty()) {
                    operations.add(replace(InjectorValues.POINTER, values.with(requests)));
                }
            });
            patch(manifest, operations);
        }
    }

    /** Resource to quantity; without those that stay as they are. */
    private static Map<String, String> lowered(Containers.Container container, Set<ComputeResource> resources) {
        Map<String, String> lowered = new TreeMap<>();
        for (ComputeResource resource : resources) {
            container.request(resource).ifPresent(asked -> {
                int least = LoweredRequests.of(resource, asked);
                if (least < asked) {
                    lowered.put(resource.key(), resource.quantity(least));
                }
            });
        }
        return lowered;
    }

    private void patch(Manifest manifest, List<Map<String, Object>> operations) {
        if (operations.isEmpty()) {
            return;
        }
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("kind", manifest.kind());
        target.put("name", manifest.name());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("target", target);
        entry.put("patch", YamlDocuments.write(operations));
        patches.add(entry);
    }

    private static Map<String, Object> replace(String path, String value) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", "replace");
        operation.put("path", path);
        operation.put("value", value);
        return operation;
    }

    /** kustomize lets a patch with a target that matches nothing pass in silence. */
    private void checkTarget(Patch patch) {
        Map<String, String> target = patch.target().isEmpty() ? ownTarget(patch) : patch.target();
        boolean found = upstream.stream()
                .anyMatch(manifest ->
                        matches(target.get("kind"), manifest.kind()) && matches(target.get("name"), manifest.name()));
        if (!found) {
            throw gone(patch, "nothing is " + String.join(" ", target.values()));
        }
    }

    private static Map<String, String> ownTarget(Patch patch) {
        Manifest own = Manifest.of(
                YamlDocuments.parse(patch.content(), "patch " + patch.id()).get(0));
        return Map.of("kind", own.kind(), "name", own.name());
    }

    /** Targets are regular expressions, anchored at both ends, as kustomize has it. */
    private static boolean matches(@org.jspecify.annotations.Nullable String pattern, String text) {
        return pattern == null || text.matches(pattern);
    }

    private KfmrException gone(Patch patch, String what) {
        return new KfmrException(
                ExitCode.UPSTREAM,
                "render.patch-target-gone",
                "The patch " + patch.id() + " has nothing to change in " + component.name() + ".",
                "Release set " + release + ": " + what + ". Upstream changed what the patch was made for.",
                "See whether it is still needed (" + patch.reason()
                        + "), and correct or drop it in the pins or profile.");
    }

    private String text() {
        Map<String, Object> kustomization = new LinkedHashMap<>();
        kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
        kustomization.put("kind", "Kustomization");
        if (!component.spec().namespace().isEmpty()) {
            kustomization.put("namespace", component.spec().namespace());
        }
        kustomization.put("resources", List.of(UPSTREAM));
        if (!patches.isEmpty()) {
            kustomization.put("patches", patches);
        }
        StringBuilder text = new StringBuilder("# Written by kfmr: "
                + component.spec().title() + ", release set " + release + ".\n# " + UPSTREAM + " is what "
                + component.at().source() + ": " + component.at().path() + " renders to.\n");
        reasons.forEach(reason -> text.append("# ").append(reason).append('\n'));
        return text + YamlDocuments.write(kustomization);
    }
}
