package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;

/** Whether a service has a pod that answers. */
public interface ServiceEndpoints {
    boolean areReady(String namespace, String service);

    /** The label of a slice that names its service. */
    String SERVICE = "kubernetes.io/service-name";

    static ServiceEndpoints of(KubernetesClient client) {
        return (namespace, service) -> isAnyReady(client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(SERVICE, service)
                .list()
                .getItems());
    }

    /** A slice of a service without pods has no list of endpoints, not an empty one. */
    static boolean isAnyReady(List<EndpointSlice> slices) {
        return slices.stream()
                .map(EndpointSlice::getEndpoints)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .anyMatch(ServiceEndpoints::isReady);
    }

    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() != null
                && Boolean.TRUE.equals(endpoint.getConditions().getReady());
    }
}
