package dev.kfmr.install;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Whether a service has a pod that answers. */
interface ServiceEndpoints {
    boolean areReady(String namespace, String service);

    static ServiceEndpoints of(KubernetesClient client) {
        return (namespace, service) -> client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("kubernetes.io/service-name", service)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .anyMatch(ServiceEndpoints::isReady);
    }

    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() != null
                && Boolean.TRUE.equals(endpoint.getConditions().getReady());
    }
}
