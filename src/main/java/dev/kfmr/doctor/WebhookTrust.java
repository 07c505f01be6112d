package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.doctor.WebhookFaults.Hook;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Whether the API server trusts what answers for a webhook. Pure but for the Secrets that it asks for.
 *
 * @param secrets namespace and name to the Secret; only those that what answers for a webhook mounts are asked for
 */
record WebhookTrust(BiFunction<String, String, Optional<Secret>> secrets, Circumstances circumstances) {

    /**
     * A program that makes its certificate by itself mounts none: of that one only a CA that is missing is seen.
     *
     * @param behind what answers for it
     */
    Optional<Fault> fault(Hook hook, Deployment behind) {
        if (hook.caBundle().isEmpty()) {
            return found(hook, "its configuration names no CA (caBundle)");
        }
        var roots = ServedCertificate.certificates(hook.caBundle());
        if (roots.isEmpty()) {
            return found(hook, "the CA in its configuration (caBundle) is no certificate");
        }
        List<Optional<String>> refusals = served(behind).stream()
                .map(certificate -> certificate.refusal(roots, circumstances.now()))
                .toList();
        boolean isTrusted = refusals.isEmpty() || refusals.stream().anyMatch(Optional::isEmpty);
        return isTrusted
                ? Optional.empty()
                : refusals.stream().flatMap(Optional::stream).findFirst().flatMap(why -> found(hook, why));
    }

    private List<ServedCertificate> served(Deployment behind) {
        List<Volume> volumes = behind.getSpec().getTemplate().getSpec() == null
                ? List.of()
                : behind.getSpec().getTemplate().getSpec().getVolumes();
        return volumes.stream()
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .flatMap(volume -> secrets.apply(behind.getMetadata().getNamespace(), volume.getSecretName()).stream())
                .filter(secret -> secret.getData() != null)
                .flatMap(secret -> ServedCertificate.of(secret.getData()).stream())
                .toList();
    }

    private Optional<Fault> found(Hook hook, String evidence) {
        Check check = CheckCatalogue.shipped().get("cluster.webhook-ca");
        Severity usual = hook.isRequired() ? check.severity() : Severity.WARNING;
        return Optional.of(Fault.of(check.found(
                circumstances.isBeingChanged() ? Severity.NOTE : usual,
                Map.of("webhook", hook.configuration(), "kind", hook.kind(), "evidence", evidence))));
    }
}
