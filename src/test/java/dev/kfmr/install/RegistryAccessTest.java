package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.apply.InMemoryObjects;
import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.Connect;
import dev.kfmr.profile.ProfileLibrary;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryAccessTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Connect CONNECT =
            new ProfileLibrary().load("standalone").connect().orElseThrow();
    private static final ObjectRef SECRET = new ObjectRef("", "v1", "Secret", "kubeflow", "model-registry-auth");

    private final InMemoryObjects cluster = new InMemoryObjects();
    private final List<String> boundTo = new ArrayList<>();

    @BeforeEach
    void install() {
        cluster.put(
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: pipeline-runner, namespace: kubeflow}
                """);
        new InventoryStore(cluster).write(new Inventory("26.03", "standalone", Map.of(), List.of(), Map.of()));
    }

    @Test
    void putsATokenIntoTheSecretThatItIsBoundTo() {
        RegistryAccess.Result result = ensure(NOW, TokenKind.BOUND);

        assertThat(result.expires()).contains(NOW.plus(Duration.ofDays(30)));
        assertThat(boundTo).containsExactly("kubeflow/pipeline-runner to model-registry-auth");
        assertThat(data()).containsKey("token");
    }

    @Test
    void asksForNoSecondTokenWhileTheFirstIsYoung() {
        ensure(NOW, TokenKind.BOUND);

        RegistryAccess.Result second = ensure(NOW.plus(Duration.ofDays(19)), TokenKind.BOUND);

        assertThat(boundTo).hasSize(1);
        assertThat(second.expires()).contains(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void renewsATokenInTheLastThirdOfItsLife() {
        ensure(NOW, TokenKind.BOUND);

        RegistryAccess.Result second = ensure(NOW.plus(Duration.ofDays(21)), TokenKind.AS_IT_IS);

        assertThat(second.expires()).contains(NOW.plus(Duration.ofDays(51)));
    }

    @Test
    void leavesALongLivedTokenAloneUnlessAskedForABoundOne() {
        assertThat(ensure(NOW, TokenKind.LONG_LIVED).expires()).isEmpty();
        assertThat(ensure(NOW, TokenKind.AS_IT_IS).expires()).isEmpty();
        assertThat(cluster.deleted()).isEmpty();

        assertThat(ensure(NOW, TokenKind.BOUND).expires()).isPresent();
        assertThat(cluster.deleted()).hasSize(1);
    }

    @Test
    void remembersAllThatItMakesInTheInventory() {
        ensure(NOW, TokenKind.BOUND);

        assertThat(new InventoryStore(cluster).read().orElseThrow().objects().get(RegistryAccess.COMPONENT))
                .extracting(ObjectRef::id)
                .contains(
                        "Secret kubeflow/model-registry-auth",
                        "Role kubeflow/kfmr-model-registry-token",
                        "RoleBinding kubeflow/kfmr-model-registry-client-kubeflow");
    }

    @Test
    void leavesASecretOfSomebodyElseAlone() {
        cluster.put(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: model-registry-auth, namespace: kubeflow}
                """);

        assertThatThrownBy(() -> ensure(NOW, TokenKind.BOUND))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("connect.foreign-secret"));
    }

    @Test
    void refusesANamespaceWithoutRuns() {
        assertThatThrownBy(() -> access(NOW)
                        .ensure(
                                CONNECT,
                                CONNECT.registry().orElseThrow(),
                                "default",
                                TokenKind.BOUND,
                                Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("connect.no-service-account"));
    }

    private RegistryAccess.Result ensure(Instant now, TokenKind kind) {
        return access(now)
                .ensure(
                        CONNECT,
                        CONNECT.registry().orElseThrow(),
                        "kubeflow",
                        kind,
                        Deadline.in(Duration.ofSeconds(5)));
    }

    private RegistryAccess access(Instant now) {
        return new RegistryAccess(
                cluster,
                (namespace, account, life, secret, uid) -> {
                    boundTo.add(namespace + "/" + account + " to " + secret);
                    return token(now, now.plus(life));
                },
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static String token(Instant from, Instant until) {
        String claims = "{\"iat\":" + from.getEpochSecond() + ",\"exp\":" + until.getEpochSecond() + "}";
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".s";
    }

    private Map<String, Object> data() {
        return dev.kfmr.core.Untyped.map(
                cluster.get(SECRET).orElseThrow().getAdditionalProperties().get("data"));
    }
}
