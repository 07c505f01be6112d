package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class BundleReaderTest {
    /** kubectl apply keeps the whole object once more in an annotation. */
    @Test
    void collectsNoValueOfAVariable() {
        Pod pod = DoctorObjects.object(
                Pod.class,
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: applied
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"env":[{"name":"DB","value":"sesame"}]}'
                    harmless: stays
                spec:
                  initContainers: [{name: first, env: [{name: DB, value: sesame}]}]
                  containers: [{name: main, env: [{name: DB, value: sesame}]}]
                """);

        assertThat(Serialization.asYaml(BundleReader.withoutValues(pod)))
                .contains("first", "main", "stays")
                .doesNotContain("sesame");
    }
}
