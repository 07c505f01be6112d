package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {
    private static EndpointSlice slice(String endpoints) {
        return new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: discovery.k8s.io/v1
                        kind: EndpointSlice
                        metadata: {name: s}
                        addressType: IPv4
                        endpoints: %s
                        """
                                .formatted(endpoints),
                        EndpointSlice.class);
    }

    @Test
    void areReadyWithOneReadyPod() {
        assertThat(ServiceEndpoints.isAnyReady(List.of(
                        slice("[{addresses: [10.0.0.1], conditions: {ready: false}}]"),
                        slice("[{addresses: [10.0.0.2], conditions: {ready: true}}]"))))
                .isTrue();
    }

    @Test
    void areNotReadyWithoutAReadyPod() {
        assertThat(ServiceEndpoints.isAnyReady(List.of(slice("[{addresses: [10.0.0.1], conditions: {ready: false}}]"))))
                .isFalse();
    }

    @Test
    void areNotReadyWithoutAnyPod() {
        assertThat(ServiceEndpoints.isAnyReady(List.of(slice("null")))).isFalse();
        assertThat(ServiceEndpoints.isAnyReady(List.of())).isFalse();
    }
}
