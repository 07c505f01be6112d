package dev.kfmr.install;

import dev.kfmr.apply.ClusterObjects;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.apply.Refusal;
import dev.kfmr.core.Untyped;
import dev.kfmr.profile.Gate;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.ServiceEndpoints;
import dev.kfmr.ready.Status;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells whether a gate holds, and if not, why not. */
final class Gates {
    private static final List<String> WORKLOAD_KINDS = List.of("Deployment", "StatefulSet", "DaemonSet");
    private static final String WEBHOOK_GROUP = "admissionregistration.k8s.io";
    private static final List<String> WEBHOOK_KINDS =
            List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration");
    /** Exists in every cluster: where an object is tried whose own namespace may not be there yet. */
    private static final String ANY_NAMESPACE = "default";

    private final ClusterObjects objects;
    private final ServiceEndpoints endpoints;
    private final Supplier<ClusterView> view;
    private final Collection<Manifest> rendered;

    /** @param rendered everything that will be applied: what a webhook is tried with is taken from it */
    Gates(
            ClusterObjects objects,
            ServiceEndpoints endpoints,
            Supplier<ClusterView> view,
            Collection<Manifest> rendered) {
        this.objects = objects;
        this.endpoints = endpoints;
        this.view = view;
        this.rendered = List.copyOf(rendered);
    }

    /** Empty when it holds; else one line: what is still missing. */
    Optional<String> missing(Gate gate) {
        try {
            return switch (gate.kind()) {
                case WORKLOAD -> workload(gate);
                case WEBHOOK -> webhook(gate);
                case SECRET -> exists(new ObjectRef("", "v1", "Secret", gate.namespace(), gate.name()));
                case NAMESPACE -> namespace(gate);
            };
        } catch (KubernetesClientException e) {
            return Optional.of(gate.name() + ": " + Refusal.of(e).words());
        }
    }

    private Optional<String> workload(Gate gate) {
        Optional<Status> status = WORKLOAD_KINDS.stream()
                .flatMap(kind -> view.get().find(kind, gate.namespace(), gate.name()).stream())
                .map(Readiness::of)
                .findFirst();
        if (status.isEmpty()) {
            return Optional.of(gate.name() + " is not there yet");
        }
        return status.filter(found -> !found.isCurrent()).map(found -> gate.name() + ": " + found.message());
    }

    private Optional<String> exists(ObjectRef ref) {
        return objects.get(ref).isPresent() ? Optional.empty() : Optional.of(ref.id() + " is not there yet");
    }

    private Optional<String> namespace(Gate gate) {
        ObjectRef ref = new ObjectRef("", "v1", "Namespace", "", gate.name());
        Optional<GenericKubernetesResource> found = objects.get(ref);
        Optional<ProfileNamespace> profile = ProfileNamespace.named(gate.name(), rendered, objects);
        if (found.isEmpty()) {
            return Optional.of(ref.id() + " is not there yet"
                    + profile.map(known -> "; " + known.tells()).orElse(""));
        }
        Object phase =
                Untyped.map(found.get().getAdditionalProperties().get("status")).get("phase");
        return "Active".equals(phase)
                ? profile.filter(known -> !known.has(found.get()))
                        .map(known -> ref.id() + " is there, and not of its Profile; " + known.tells())
                : Optional.of(ref.id() + " is " + phase);
    }

    private Optional<String> webhook(Gate gate) {
        List<Map<String, Object>> webhooks = WEBHOOK_KINDS.stream()
                .map(kind -> new ObjectRef(WEBHOOK_GROUP, "v1", kind, "", gate.name()))
                .flatMap(ref -> objects.get(ref).stream())
                .flatMap(found -> Untyped.maps(found.getAdditionalProperties().get("webhooks")).stream())
                .toList();
        if (webhooks.isEmpty()) {
            return Optional.of("webhook configuration " + gate.name() + " is not there yet");
        }
        return webhooks.stream()
                .map(this::notServing)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> firstRefusal(webhooks));
    }

    private Optional<String> notServing(Map<String, Object> webhook) {
        Map<String, Object> client = Untyped.map(webhook.get("clientConfig"));
        Map<String, Object> service = Untyped.map(client.get("service"));
        if (service.isEmpty()) {
            return Optional.empty();
        }
        String namespace = String.valueOf(service.get("namespace"));
        String name = String.valueOf(service.get("name"));
        if (String.valueOf(client.getOrDefault("caBundle", "")).isEmpty()) {
            return Optional.of("webhook " + webhook.get("name") + " has no CA yet");
        }
        return endpoints.areReady(namespace, name)
                ? Optional.empty()
                : Optional.of("webhook " + webhook.get("name") + ": no pod of service " + namespace + "/" + name
                        + " is ready yet");
    }

    /** The proof: the API server reaches it and trusts it. A refusal that does not pass came from there, so it serves. */
    private Optional<String> firstRefusal(List<Map<String, Object>> webhooks) {
        return webhooks.stream()
                .flatMap(webhook -> trial(webhook).stream())
                .map(this::refusal)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Something that the webhook is asked about: the first rendered object of a kind of its own, one without a namespace
     * before others. Empty for a webhook of pods and the like: any object of such a kind would do, and none proves more
     * than that its service is ready.
     */
    private Optional<Manifest> trial(Map<String, Object> webhook) {
        Stream<Manifest> candidates = rendered.stream()
                .filter(manifest ->
                        isAskedAbout(webhook, manifest) && manifest.group().contains("."));
        return candidates.min((one, other) ->
                Boolean.compare(one.namespace().isPresent(), other.namespace().isPresent()));
    }

    private static boolean isAskedAbout(Map<String, Object> webhook, Manifest manifest) {
        String version = manifest.apiVersion().substring(manifest.apiVersion().indexOf('/') + 1);
        return Untyped.maps(webhook.get("rules")).stream()
                .anyMatch(rule -> covers(rule.get("operations"), "CREATE")
                        && covers(rule.get("apiGroups"), manifest.group())
                        && covers(rule.get("apiVersions"), version)
                        && coversKind(rule.get("resources"), manifest.kind()));
    }

    private static boolean covers(@Nullable Object values, String wanted) {
        return values instanceof List<?> list && (list.contains("*") || list.contains(wanted));
    }

    /** Rules name plurals: for the kinds of all webhooks that upstream ships, the regular one. */
    private static boolean coversKind(@Nullable Object resources, String kind) {
        String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
        return covers(resources, plural) || covers(resources, "*/*");
    }

    private Optional<String> refusal(Manifest manifest) {
        Map<String, Object> content = new LinkedHashMap<>(manifest.content());
        Map<String, Object> metadata = new LinkedHashMap<>(Untyped.map(content.get("metadata")));
        if (manifest.namespace().isPresent()) {
            metadata.put("namespace", ANY_NAMESPACE);
        }
        content.put("metadata", metadata);
        Optional<ObjectRef> ref = objects.resolve(Manifest.of(content));
        if (ref.isEmpty()) {
            return Optional.of("no kind " + manifest.kind() + " yet");
        }
        try {
            objects.dryRun(ref.get(), content);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            Refusal refusal = Refusal.of(e);
            return refusal.passes() ? Optional.of(refusal.words()) : Optional.empty();
        }
    }
}
