package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarsTest {
    @ParameterizedTest
    @CsvSource({
        "istio-injection: enabled, true",
        "istio.io/rev: stable, true",
        "istio-injection: disabled, false",
        "istio.io/dataplane-mode: ambient, false",
        "'', false"
    })
    void knowsANamespaceOfTheMeshByItsLabels(String label, boolean isInTheMesh) {
        Namespace namespace = new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: v1\nkind: Namespace\nmetadata: {name: n, labels: {%s}}".formatted(label),
                        Namespace.class);

        assertThat(Sidecars.isInTheMesh(namespace)).isEqualTo(isInTheMesh);
    }
}
