package dev.kfmr.install;

import dev.kfmr.apply.ClusterObjects;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.Untyped;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The namespace that the profile controller makes for a Profile, and what the Profile tells when it does not come.
 *
 * @param profile as rendered
 */
record ProfileNamespace(Manifest profile, ClusterObjects objects) {
    private static final String GROUP = "kubeflow.org";

    /** Empty where no Profile of that name is rendered: then somebody else makes the namespace. */
    static Optional<ProfileNamespace> named(String name, Collection<Manifest> rendered, ClusterObjects objects) {
        return rendered.stream()
                .filter(manifest -> manifest.kind().equals("Profile")
                        && manifest.group().equals(GROUP)
                        && manifest.name().equals(name))
                .findFirst()
                .map(profile -> new ProfileNamespace(profile, objects));
    }

    /** Whether the controller takes a namespace for the Profile's: it looks at this annotation, and else lets it be. */
    boolean has(GenericKubernetesResource namespace) {
        Map<String, String> annotations = namespace.getMetadata().getAnnotations();
        Map<String, Object> owner =
                Untyped.map(Untyped.map(profile.content().get("spec")).get("owner"));
        return annotations != null && String.valueOf(owner.get("name")).equals(annotations.get("owner"));
    }

    /** The last of its conditions: the controller adds one for each failure, and takes none away. */
    String tells() {
        Optional<GenericKubernetesResource> live = objects.get(ObjectRef.of(profile));
        if (live.isEmpty()) {
            return "its Profile is not there yet";
        }
        List<Map<String, Object>> conditions = Untyped.maps(
                Untyped.map(live.get().getAdditionalProperties().get("status")).get("conditions"));
        if (conditions.isEmpty()) {
            return "its Profile has no condition yet";
        }
        Map<String, Object> last = conditions.get(conditions.size() - 1);
        Object message = last.getOrDefault("message", "");
        return "its Profile says " + last.get("type") + (message.equals("") ? "" : ": " + message);
    }
}
