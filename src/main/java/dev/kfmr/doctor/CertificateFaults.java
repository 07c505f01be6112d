package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.Status;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** cert-manager's certificates that were not issued. */
final class CertificateFaults {
    private static final ResourceDefinitionContext CERTIFICATES = new ResourceDefinitionContext.Builder()
            .withGroup("cert-manager.io")
            .withVersion("v1")
            .withKind("Certificate")
            .withPlural("certificates")
            .withNamespaced(true)
            .build();

    private static final Duration TO_ISSUE = Duration.ofMinutes(2);

    private CertificateFaults() {}

    /** None in a cluster without cert-manager. */
    static List<Fault> read(KubernetesClient client, Circumstances circumstances) {
        try {
            return of(
                    client.genericKubernetesResources(CERTIFICATES)
                            .inAnyNamespace()
                            .list()
                            .getItems(),
                    circumstances);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Pure. */
    static List<Fault> of(List<? extends HasMetadata> certificates, Circumstances circumstances) {
        return certificates.stream()
                .filter(each -> !Readiness.of(each).isCurrent())
                .map(each -> fault(each, Readiness.of(each), circumstances))
                .toList();
    }

    private static Fault fault(HasMetadata certificate, Status status, Circumstances circumstances) {
        Check check = CheckCatalogue.shipped().get("cluster.certificate");
        boolean mayCome = circumstances.isYounger(certificate, TO_ISSUE) || circumstances.isBeingChanged();
        return Fault.of(check.found(
                mayCome ? Severity.NOTE : check.severity(),
                Map.of(
                        "namespace", certificate.getMetadata().getNamespace(),
                        "name", certificate.getMetadata().getName(),
                        "evidence", status.message())));
    }
}
