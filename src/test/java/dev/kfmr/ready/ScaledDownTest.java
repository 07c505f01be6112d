package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaledDownTest {
    @ParameterizedTest
    @CsvSource({
        "Deployment, 0, kubectl, f:replicas, true",
        "Deployment, 0, kfmr, f:replicas, false",
        "Deployment, 0, kfmr, f:template, true",
        "Deployment, 1, kubectl, f:replicas, false",
        "ReplicaSet, 0, kubectl, f:replicas, false",
    })
    void tellsWhatSomebodyScaledDownFromWhatWasInstalledSo(
            String kind, int replicas, String manager, String field, boolean isScaledDown) {
        HasMetadata object = new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: apps/v1
                        kind: %s
                        metadata:
                          name: istiod
                          managedFields:
                            - {manager: %s, operation: Apply, fieldsV1: {"f:spec": {"%s": {}}}}
                        spec: {replicas: %d}
                        """
                                .formatted(kind, manager, field, replicas));

        assertThat(ScaledDown.is(object)).isEqualTo(isScaledDown);
    }
}
