package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules for what workloads stand on: volumes, namespaces, definitions, webhooks. */
final class Foundations {
    /** The scheduler's mark on a claim whose first consumer has a node: from then on it must become bound. */
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private Foundations() {}

    static Status claim(PersistentVolumeClaim claim) {
        String phase = claim.getStatus() == null ? null : claim.getStatus().getPhase();
        if ("Bound".equals(phase)) {
            return Status.current("bound");
        }
        if ("Lost".equals(phase)) {
            return Status.failed("its volume is gone");
        }
        Map<String, String> annotations = claim.getMetadata().getAnnotations();
        boolean hasConsumer = annotations != null && annotations.containsKey(SELECTED_NODE);
        return hasConsumer
                ? Status.inProgress("a volume is being made for it")
                : Status.current("waits for its first pod, as its storage class has it");
    }

    static Status namespace(Namespace namespace) {
        String phase =
                namespace.getStatus() == null ? null : namespace.getStatus().getPhase();
        if ("Active".equals(phase)) {
            return Status.current("active");
        }
        return "Terminating".equals(phase)
                ? Status.inProgress("is being deleted")
                : Status.inProgress("not active yet");
    }

    static Status customResourceDefinition(CustomResourceDefinition definition) {
        if (isCondition(definition, "NamesAccepted", "False")) {
            return Status.failed("its names are taken by another definition");
        }
        return isCondition(definition, "Established", "True")
                ? Status.current("established")
                : Status.inProgress("not established yet");
    }

    private static boolean isCondition(CustomResourceDefinition definition, String type, String status) {
        List<CustomResourceDefinitionCondition> conditions = definition.getStatus() == null
                ? List.of()
                : definition.getStatus().getConditions();
        return conditions.stream()
                .anyMatch(condition -> type.equals(condition.getType()) && status.equals(condition.getStatus()));
    }

    static Status mutatingWebhooks(MutatingWebhookConfiguration configuration) {
        return webhooks(configuration.getWebhooks().stream().map(webhook -> webhook.getClientConfig()));
    }

    static Status validatingWebhooks(ValidatingWebhookConfiguration configuration) {
        return webhooks(configuration.getWebhooks().stream().map(webhook -> webhook.getClientConfig()));
    }

    /** A service's certificate is never one that the API server trusts by itself: without a CA every call fails. */
    private static Status webhooks(Stream<WebhookClientConfig> clients) {
        Optional<WebhookClientConfig> withoutAuthority = clients.filter(Objects::nonNull)
                .filter(client -> client.getService() != null)
                .filter(client ->
                        client.getCaBundle() == null || client.getCaBundle().isEmpty())
                .findFirst();
        return withoutAuthority
                .map(client -> Status.inProgress("no CA for service "
                        + client.getService().getNamespace() + "/"
                        + client.getService().getName() + " yet"))
                .orElse(Status.current("has its CA"));
    }
}
