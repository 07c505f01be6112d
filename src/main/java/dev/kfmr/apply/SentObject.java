package dev.kfmr.apply;

import dev.kfmr.core.Untyped;
import dev.kfmr.render.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a rendered object is sent to the API server: our labels more, and without what is not ours to say. A field
 * that is sent is owned, and forced back on the next run; so what a controller fills in must not be sent at all.
 */
final class SentObject {
    private static final Set<String> WEBHOOK_CONFIGURATIONS =
            Set.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration");

    private SentObject() {}

    static Map<String, Object> of(Manifest manifest, Map<String, String> labels) {
        Map<String, Object> sent = new LinkedHashMap<>(manifest.content());
        sent.remove("status");
        sent.put("metadata", metadata(Untyped.map(manifest.content().get("metadata")), labels));
        if (manifest.kind().equals("Secret")) {
            encodeStringData(sent);
        }
        if (sent.containsKey("aggregationRule")) {
            // The controller manager fills the rules of an aggregated ClusterRole; upstream renders them as [].
            sent.remove("rules");
        }
        if (WEBHOOK_CONFIGURATIONS.contains(manifest.kind())) {
            sent.put("webhooks", webhooks(sent.get("webhooks")));
        }
        return sent;
    }

    static boolean isWebhookConfiguration(Manifest manifest) {
        return WEBHOOK_CONFIGURATIONS.contains(manifest.kind());
    }

    /**
     * The same with each webhook's failure policy as it is in the cluster: istiod turns {@code Ignore} into
     * {@code Fail} once it serves, and would fight over it with every run.
     *
     * @param live the webhooks in the cluster
     */
    static Map<String, Object> keepingFailurePolicies(Map<String, Object> sent, List<Map<String, Object>> live) {
        List<Map<String, Object>> kept = new ArrayList<>();
        for (Map<String, Object> webhook : Untyped.maps(sent.get("webhooks"))) {
            Map<String, Object> copy = new LinkedHashMap<>(webhook);
            live.stream()
                    .filter(other ->
                            webhook.get("name") != null && webhook.get("name").equals(other.get("name")))
                    .map(other -> other.get("failurePolicy"))
                    .filter(policy -> policy != null && webhook.containsKey("failurePolicy"))
                    .findFirst()
                    .ifPresent(policy -> copy.put("failurePolicy", policy));
            kept.add(copy);
        }
        Map<String, Object> result = new LinkedHashMap<>(sent);
        result.put("webhooks", kept);
        return result;
    }

    /** The same with the data that is in the cluster, for the keys that are sent. */
    static Map<String, Object> keepingData(Map<String, Object> sent, Map<String, Object> live) {
        Map<String, Object> data = new LinkedHashMap<>(Untyped.map(sent.get("data")));
        data.replaceAll((key, value) -> live.getOrDefault(key, value));
        Map<String, Object> result = new LinkedHashMap<>(sent);
        result.put("data", data);
        return result;
    }

    private static Map<String, Object> metadata(Map<String, Object> rendered, Map<String, String> labels) {
        Map<String, Object> metadata = new LinkedHashMap<>(rendered);
        metadata.remove("creationTimestamp");
        Map<String, Object> all = new LinkedHashMap<>(Untyped.map(rendered.get("labels")));
        all.putAll(labels);
        metadata.put("labels", all);
        return metadata;
    }

    /** {@code stringData} is write-only: owned, it would never compare equal to what the cluster holds. */
    private static void encodeStringData(Map<String, Object> secret) {
        if (!secret.containsKey("stringData")) {
            return;
        }
        Map<String, Object> data = new LinkedHashMap<>(Untyped.map(secret.get("data")));
        Untyped.map(secret.remove("stringData")).forEach((key, value) -> data.put(key, base64(String.valueOf(value))));
        secret.put("data", data);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Map<String, Object>> webhooks(@Nullable Object rendered) {
        List<Map<String, Object>> webhooks = new ArrayList<>();
        for (Map<String, Object> webhook : Untyped.maps(rendered)) {
            Map<String, Object> copy = new LinkedHashMap<>(webhook);
            Map<String, Object> client = new LinkedHashMap<>(Untyped.map(webhook.get("clientConfig")));
            if (String.valueOf(client.getOrDefault("caBundle", "")).isEmpty()) {
                client.remove("caBundle");
            }
            copy.put("clientConfig", client);
            webhooks.add(copy);
        }
        return webhooks;
    }
}
