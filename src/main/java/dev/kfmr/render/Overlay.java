package dev.kfmr.render;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.profile.Patch;
import dev.kfmr.profile.YamlDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What kfmr changes about one component, as an ordinary kustomization around what upstream renders to: readable, and
 * usable without kfmr. An image is replaced by a patch of each container that names it with just that tag, since
 * kustomize's own {@code images} would replace every tag.
 */
final class Overlay {
    /** The file with upstream's objects, beside the kustomization. */
    static final String UPSTREAM = "upstream.yaml";

    /** Lowered requests still order pods by weight: a tenth of upstream's, and never nothing. */
    private static final int LOWERED_PART = 10;

    private static final int LEAST_MILLI = 5;

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
     * @return the kustomization's text
     * @throws KfmrException exit 4, {@code render.patch-target-gone}
     */
    static String text(
            PlannedComponent component,
            String release,
            List<Manifest> upstream,
            Map<String, String> images,
            boolean lowerRequests) {
        Overlay overlay = new Overlay(component, release, upstream);
        component.patches().forEach(patch -> overlay.add(patch, images));
        overlay.addHealed(images);
        if (lowerRequests) {
            overlay.lowerRequests();
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

    private void lowerRequests() {
        reasons.add("requests: CPU requests are lowered to fit the machine");
        for (Manifest manifest : upstream) {
            List<Map<String, Object>> operations = new ArrayList<>();
            for (Containers.Container container : Containers.of(manifest).all()) {
                container
                        .request("cpu")
                        .map(Quantities::milli)
                        .filter(milli -> milli > LEAST_MILLI)
                        .ifPresent(milli -> operations.add(replace(
                                container.pointer() + "/resources/requests/cpu",
                                Math.max(LEAST_MILLI, milli / LOWERED_PART) + "m")));
            }
            patch(manifest, operations);
        }
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
