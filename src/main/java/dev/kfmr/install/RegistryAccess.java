package dev.kfmr.install;

import dev.kfmr.apply.ApiObjects;
import dev.kfmr.apply.Applier;
import dev.kfmr.apply.ApplySet;
import dev.kfmr.apply.ClusterObjects;
import dev.kfmr.apply.ClusterObjects.Applied;
import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.apply.Refusal;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Untyped;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Connect;
import dev.kfmr.profile.Endpoint;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes what a run needs to register models: a token of its ServiceAccount in a Secret, and the few rights that go with
 * it. A second time writes nothing, unless the token is near its end. All of it is in the inventory, and goes with it.
 */
public final class RegistryAccess {
    /** The component of these objects, beside those of the profile. */
    static final String COMPONENT = "connect";

    private static final Duration TOKEN_LIFE = Duration.ofDays(30);
    private static final String TOKEN = "token";
    private static final String TOKEN_TYPE = "kubernetes.io/service-account-token";

    private final ClusterObjects objects;
    private final TokenSource tokens;
    private final Clock clock;

    RegistryAccess(ClusterObjects objects, TokenSource tokens, Clock clock) {
        this.objects = objects;
        this.tokens = tokens;
        this.clock = clock;
    }

    public static RegistryAccess in(KubernetesClient client) {
        return new RegistryAccess(new ApiObjects(client), new ApiTokens(client), Clock.systemUTC());
    }

    /**
     * @param expires when the token ends; empty for one that does not
     * @param changedObjects how many objects were written
     */
    public record Result(
            String namespace, String serviceAccount, String secret, Optional<Instant> expires, int changedObjects) {}

    /** What was made here stays as long as there is a registry: no plan renders it. */
    static Inventory kept(Inventory planned, Optional<Inventory> before, Plan plan) {
        List<ObjectRef> made = before.map(inventory -> inventory.objects().getOrDefault(COMPONENT, List.of()))
                .orElse(List.of());
        return plan.registry().isPresent() && !made.isEmpty() ? planned.withAlso(COMPONENT, made) : planned;
    }

    /** For runs in the profile's own namespace, and in those that were connected before. */
    List<Result> ensureAll(Plan plan, Deadline deadline) {
        Optional<Endpoint> registry = plan.registry();
        if (registry.isEmpty()) {
            return List.of();
        }
        Connect connect = Installed.connect(plan);
        Set<String> namespaces = new LinkedHashSet<>(Set.of(connect.namespace()));
        new InventoryStore(objects)
                        .read()
                        .map(inventory -> inventory.objects().getOrDefault(COMPONENT, List.of()))
                        .orElse(List.of())
                        .stream()
                        .filter(ref -> ref.kind().equals("Secret"))
                        .forEach(ref -> namespaces.add(ref.namespace()));
        return namespaces.stream()
                .map(namespace -> ensure(connect, registry.get(), namespace, TokenKind.AS_IT_IS, deadline))
                .toList();
    }

    /**
     * For runs in one namespace.
     *
     * @throws KfmrException exit 2 {@code connect.no-service-account}, {@code connect.foreign-secret}; exit 4 {@code
     *     apply.refused}; exit 3 when the cluster does not answer
     */
    public Result ensure(Connect connect, Endpoint registry, String namespace, TokenKind kind, Deadline deadline) {
        try {
            return new Run(connect, namespace, deadline).ensure(connect.objectsFor(namespace, registry), kind);
        } catch (KubernetesClientException e) {
            throw Refusal.error(e);
        }
    }

    /** One namespace's turn. */
    private final class Run {
        private final Connect connect;
        private final String namespace;
        private final Deadline deadline;
        private final ObjectRef secret;
        private final List<Applied> applied = new ArrayList<>();

        Run(Connect connect, String namespace, Deadline deadline) {
            this.connect = connect;
            this.namespace = namespace;
            this.deadline = deadline;
            this.secret = new ObjectRef("", "v1", "Secret", namespace, connect.secret());
        }

        Result ensure(String yaml, TokenKind kind) {
            requireServiceAccount();
            Optional<GenericKubernetesResource> live = objects.get(secret);
            live.ifPresent(this::requireOurs);
            List<Manifest> manifests = YamlDocuments.parse(yaml, "objects of the section connect").stream()
                    .map(Manifest::of)
                    .toList();
            long revision = objects.revision();
            remember(manifests);
            apply(manifests);
            Optional<Instant> expires = token(live, kind);
            int changed = (int) applied.stream()
                    .filter(object -> RolloutObjects.number(object.resourceVersion()) > revision)
                    .map(Applied::ref)
                    .distinct()
                    .count();
            return new Result(namespace, connect.serviceAccount(), connect.secret(), expires, changed);
        }

        private void requireServiceAccount() {
            ObjectRef account = new ObjectRef("", "v1", "ServiceAccount", namespace, connect.serviceAccount());
            if (objects.get(account).isEmpty()) {
                throw new KfmrException(
                        ExitCode.USAGE,
                        "connect.no-service-account",
                        "No runs run in the namespace " + namespace + ".",
                        "It has no ServiceAccount " + connect.serviceAccount() + ", which runs run as.",
                        "Choose a namespace of runs: kfmr connect --namespace NAMESPACE (default " + connect.namespace()
                                + ")");
            }
        }

        private void requireOurs(GenericKubernetesResource live) {
            Map<String, String> labels =
                    Optional.ofNullable(live.getMetadata().getLabels()).orElse(Map.of());
            if (!ApplySet.ID.equals(labels.get(ApplySet.PART_OF))) {
                throw new KfmrException(
                        ExitCode.USAGE,
                        "connect.foreign-secret",
                        "The " + secret.id() + " is not kfmr's.",
                        "Somebody else made it, so it is left as it is; runs get the token that it holds.",
                        "To have kfmr make it, delete it first: kubectl delete secret -n " + namespace + " "
                                + connect.secret());
            }
        }

        /** Before the first object is made, so that a run that is killed leaves nothing that nobody knows of. */
        private void remember(List<Manifest> manifests) {
            List<ObjectRef> refs = new ArrayList<>(List.of(secret));
            manifests.forEach(manifest -> refs.add(ObjectRef.of(manifest)));
            InventoryStore store = new InventoryStore(objects);
            Optional<Inventory> before = store.read();
            before.map(inventory -> inventory.withAlso(COMPONENT, refs))
                    .filter(inventory -> !before.get().equals(inventory))
                    .ifPresent(store::write);
        }

        /** @return when the token ends */
        private Optional<Instant> token(Optional<GenericKubernetesResource> live, TokenKind kind) {
            boolean isLongLived = live.filter(known ->
                            TOKEN_TYPE.equals(known.getAdditionalProperties().get("type")))
                    .isPresent();
            boolean wantsLongLived = kind == TokenKind.LONG_LIVED || (kind == TokenKind.AS_IT_IS && isLongLived);
            Optional<GenericKubernetesResource> usable = live;
            if (live.isPresent() && wantsLongLived != isLongLived) {
                objects.delete(secret); // A Secret's type cannot be changed.
                usable = Optional.empty();
            }
            return wantsLongLived ? longLived() : Optional.of(bound(usable));
        }

        private Optional<Instant> longLived() {
            apply(List.of(secret(
                    TOKEN_TYPE, Map.of("kubernetes.io/service-account.name", connect.serviceAccount()), Map.of())));
            return Optional.empty();
        }

        private Instant bound(Optional<GenericKubernetesResource> live) {
            Optional<TokenLife> known = live.flatMap(Run::token).flatMap(TokenLife::of);
            if (known.isPresent() && !known.get().isNearItsEnd(clock.instant())) {
                return known.get().until();
            }
            String uid = live.map(there -> there.getMetadata().getUid())
                    .orElseGet(() -> apply(List.of(secret("Opaque", Map.of(), Map.of())))
                            .get(0)
                            .uid());
            String token = tokens.request(namespace, connect.serviceAccount(), TOKEN_LIFE, connect.secret(), uid);
            apply(List.of(secret("Opaque", Map.of(), Map.of(TOKEN, token))));
            return TokenLife.of(token)
                    .map(TokenLife::until)
                    .orElse(clock.instant().plus(TOKEN_LIFE));
        }

        private static Optional<String> token(GenericKubernetesResource live) {
            Object encoded =
                    Untyped.map(live.getAdditionalProperties().get("data")).get(TOKEN);
            return encoded == null
                    ? Optional.empty()
                    : Optional.of(
                            new String(Base64.getDecoder().decode(String.valueOf(encoded)), StandardCharsets.UTF_8));
        }

        private Manifest secret(String type, Map<String, String> annotations, Map<String, String> values) {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("apiVersion", "v1");
            content.put("kind", "Secret");
            content.put(
                    "metadata", Map.of("name", connect.secret(), "namespace", namespace, "annotations", annotations));
            content.put("type", type);
            if (!values.isEmpty()) {
                content.put("stringData", values);
            }
            return Manifest.of(content);
        }

        private List<Applied> apply(List<Manifest> manifests) {
            try (Applier applier = new Applier(objects)) {
                List<Applied> now = applier.apply(COMPONENT, manifests, deadline);
                applied.addAll(now);
                return now;
            }
        }
    }
}
