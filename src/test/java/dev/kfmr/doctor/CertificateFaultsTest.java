package dev.kfmr.doctor;

import static dev.kfmr.doctor.DoctorObjects.JUST_NOW;
import static dev.kfmr.doctor.DoctorObjects.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Severity;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateFaultsTest {
    private static List<Fault> faults(String created, String conditions) {
        return CertificateFaults.of(
                List.of(DoctorObjects.object(
                        GenericKubernetesResource.class,
                        """
                        apiVersion: cert-manager.io/v1
                        kind: Certificate
                        metadata: {name: hook, namespace: kubeflow, generation: 1, creationTimestamp: "%s"}
                        status: {conditions: [%s]}
                        """
                                .formatted(created, conditions))),
                DoctorObjects.LONG_STARTED);
    }

    @Test
    void findsNothingWrongWithAnIssuedOne() {
        assertThat(faults(LONG_AGO, "{type: Ready, status: \"True\"}")).isEmpty();
    }

    @Test
    void findsOneThatIsNotIssuedWithTheReason() {
        assertThat(faults(LONG_AGO, "{type: Ready, status: \"False\", reason: Pending, message: no such issuer}"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().severity()).isEqualTo(Severity.FAILURE);
                    assertThat(fault.finding().what()).contains("kubeflow/hook");
                    assertThat(fault.finding().evidence()).isEqualTo("Pending: no such issuer");
                });
    }

    @Test
    void onlyNotesOneThatWasAskedForJustNow() {
        assertThat(faults(JUST_NOW, ""))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.NOTE);
    }
}
