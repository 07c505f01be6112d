package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A Model Registry that its UI does not show: it looks in the namespace of the user's profile, and nowhere else. */
final class RegistryFaults {
    /** How the UI finds registries. */
    private static final String COMPONENT = "component";

    private static final String REGISTRY = "model-registry";

    private RegistryFaults() {}

    static List<Fault> read(KubernetesClient client) {
        return of(
                client.namespaces().list().getItems(),
                client.services()
                        .inAnyNamespace()
                        .withLabel(COMPONENT, REGISTRY)
                        .list()
                        .getItems());
    }

    /** Pure. Nothing without profiles, and nothing as long as any of them has a registry. */
    static List<Fault> of(List<Namespace> namespaces, List<Service> registries) {
        Set<String> profiles = namespaces.stream()
                .filter(RegistryFaults::isOfAProfile)
                .map(namespace -> namespace.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> with = registries.stream()
                .map(service -> service.getMetadata().getNamespace())
                .collect(Collectors.toCollection(TreeSet::new));
        boolean isSeen = with.stream().anyMatch(profiles::contains);
        return profiles.isEmpty() || with.isEmpty() || isSeen
                ? List.of()
                : List.of(Fault.of(CheckCatalogue.shipped()
                        .get("function.registry-unseen")
                        .found(Map.of(
                                "registries", String.join(", ", with), "profiles", String.join(", ", profiles)))));
    }

    private static boolean isOfAProfile(HasMetadata namespace) {
        return namespace.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals("Profile"));
    }
}
