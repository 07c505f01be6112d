package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services that do not answer though all their pods are ready, asked by way of the API server. */
final class AnswerFaults {
    private static final int SERVER_ERROR = 500;

    private AnswerFaults() {}

    static List<Fault> read(KubernetesClient client, List<ForwardSpec> services) {
        return services.parallelStream()
                .flatMap(service -> service.health().stream()
                        .flatMap(path ->
                                refusal(client, service, path).flatMap(refused -> of(service, path, refused)).stream()))
                .toList();
    }

    private static Optional<KubernetesClientException> refusal(
            KubernetesClient client, ForwardSpec service, String path) {
        try {
            client.raw("/api/v1/namespaces/%s/services/%s:%d/proxy%s"
                    .formatted(service.namespace(), service.service(), service.port(), path));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(e);
        }
    }

    /** Pure. Below 500 it answers, or this user may not ask it: as a forward's health is judged. */
    static Optional<Fault> of(ForwardSpec service, String path, KubernetesClientException refused) {
        if (refused.getCode() < SERVER_ERROR) {
            return Optional.empty();
        }
        String answer = refused.getStatus() == null || refused.getStatus().getMessage() == null
                ? String.valueOf(refused.getMessage())
                : refused.getStatus().getMessage();
        return Optional.of(Fault.of(CheckCatalogue.shipped()
                .get("function.no-answer")
                .found(Map.of(
                        "title", service.title(),
                        "service", service.service(),
                        "component", service.component(),
                        "namespace", service.namespace(),
                        "path", path,
                        "code", String.valueOf(refused.getCode()),
                        "answer", answer.strip().lines().findFirst().orElse("")))));
    }
}
