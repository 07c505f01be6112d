package dev.kfmr.install;

import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.cluster.PlainObject;
import dev.kfmr.core.Untyped;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What controllers of an installation put beside it, which no inventory names. Read while they are there.
 *
 * @param rootCertificates istiod's, in namespaces of others: nobody takes them away after it
 * @param namespaces that Kubernetes takes away after their owner, when it comes to it: those of Profiles
 */
record Leftovers(List<ObjectRef> rootCertificates, List<ObjectRef> namespaces) {
    /** As istiod names it in every namespace of the cluster: Istio's pilot/pkg/features, CACertConfigMapName. */
    private static final String ROOT_CERTIFICATE = "istio-ca-root-cert";

    private static final String CERTIFICATE = "root-cert.pem";
    private static final String ALL_OF_THEM = "api/v1/configmaps?fieldSelector=metadata.name%3D" + ROOT_CERTIFICATE;

    Leftovers {
        rootCertificates = List.copyOf(rootCertificates);
        namespaces = List.copyOf(namespaces);
    }

    static Leftovers of(Inventory inventory, ApiReader cluster) {
        List<ObjectRef> own = inventory.all();
        Optional<String> istio = own.stream()
                .filter(ref -> ref.kind().equals("Deployment") && ref.name().equals("istiod"))
                .map(ObjectRef::namespace)
                .findFirst();
        return new Leftovers(
                istio.map(namespace -> rootCertificates(namespace, own, cluster))
                        .orElse(List.of()),
                ownedNamespaces(own, cluster));
    }

    /** Those that say the same as the one beside istiod: another Istio's say something else. */
    private static List<ObjectRef> rootCertificates(String istio, List<ObjectRef> own, ApiReader cluster) {
        List<PlainObject> all = cluster.list(ALL_OF_THEM, "v1", "ConfigMap");
        Optional<Object> istios = all.stream()
                .filter(configMap -> istio.equals(configMap.getMetadata().getNamespace()))
                .findFirst()
                .flatMap(Leftovers::certificate);
        return all.stream()
                .filter(configMap ->
                        istios.isPresent() && certificate(configMap).equals(istios))
                .map(configMap -> new ObjectRef(
                        "", "v1", "ConfigMap", configMap.getMetadata().getNamespace(), ROOT_CERTIFICATE))
                .filter(ref -> !own.contains(namespace(ref.namespace())))
                .toList();
    }

    private static Optional<Object> certificate(PlainObject configMap) {
        return Optional.ofNullable(Untyped.map(configMap.fields().get("data")).get(CERTIFICATE));
    }

    private static List<ObjectRef> ownedNamespaces(List<ObjectRef> own, ApiReader cluster) {
        List<ObjectRef> owned = new ArrayList<>();
        for (PlainObject namespace : cluster.list("api/v1/namespaces", "v1", "Namespace")) {
            for (OwnerReference owner : namespace.getMetadata().getOwnerReferences()) {
                if (own.stream().anyMatch(ref -> isMeant(owner, ref))) {
                    owned.add(namespace(namespace.getMetadata().getName()));
                }
            }
        }
        return owned;
    }

    private static boolean isMeant(OwnerReference owner, ObjectRef ref) {
        return ref.namespace().isEmpty()
                && ref.kind().equals(owner.getKind())
                && ref.name().equals(owner.getName());
    }

    private static ObjectRef namespace(String name) {
        return new ObjectRef("", "v1", "Namespace", "", name);
    }
}
