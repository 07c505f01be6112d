package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.render.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final ObjectRef SECRET = new ObjectRef("", "v1", "Secret", "auth", "dex-passwords");

    private final InMemoryObjects cluster = new InMemoryObjects();

    private List<Change> changes(String yaml, Set<ObjectRef> kept) {
        List<Manifest> manifests =
                YamlDocuments.parse(yaml, "test").stream().map(Manifest::of).toList();
        return new DryRun(cluster, kept).changes("dex", manifests);
    }

    private static String secret(String label, String value) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: dex-passwords
                  namespace: auth
                  labels: {%s}
                data: {DEX_USER_PASSWORD: "%s", OTHER: c2FtZQ==}
                """
                .formatted(label, value);
    }

    private static String ours() {
        return ApplySet.PART_OF + ": " + ApplySet.ID + ", " + ApplySet.COMPONENT + ": dex";
    }

    @Test
    void saysNothingOfWhatIsAsItShouldBe() {
        cluster.put(secret(ours(), "b25l"));

        assertThat(changes(secret("", "b25l"), Set.of())).isEmpty();
    }

    @Test
    void tellsThatASecretsValueDiffersAndNotTheValue() {
        cluster.put(secret(ours(), "b25l"));

        assertThat(changes(secret("", "dHdv"), Set.of())).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Change.Kind.CHANGE);
            assertThat(change.before())
                    .containsEntry("data", Map.of("DEX_USER_PASSWORD", "*** (before)", "OTHER", "***"));
            assertThat(change.after())
                    .containsEntry("data", Map.of("DEX_USER_PASSWORD", "*** (after)", "OTHER", "***"));
        });
    }

    @Test
    void doesNotTellAValueByWhatKubectlRemembersOfIt() {
        cluster.put(
                """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: dex-passwords
                  namespace: auth
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: "b25l"}
                data: {DEX_USER_PASSWORD: "b25l"}
                """);

        assertThat(changes(secret("", "dHdv"), Set.of())).singleElement().satisfies(change -> assertThat(
                        String.valueOf(change.before()) + change.after())
                .doesNotContain("b25l", "dHdv"));
    }

    @Test
    void leavesTheDataOfSecretsThatUsersChange() {
        cluster.put(secret(ours(), "b25l"));

        assertThat(changes(secret("", "dHdv"), Set.of(SECRET))).isEmpty();
    }

    @Test
    void createsWhatIsNotThere() {
        assertThat(changes(secret("", "b25l"), Set.of()))
                .extracting(Change::kind, Change::ref)
                .containsExactly(tuple(Change.Kind.CREATE, SECRET));
    }

    @Test
    void deletesWhatLeftThePlanButNoVolumeClaimOfAComponentThatStays() {
        ObjectRef claim = ObjectRef.parse("/v1/PersistentVolumeClaim/kubeflow/mysql");
        ObjectRef service = ObjectRef.parse("/v1/Service/kubeflow/mysql");
        Map<String, List<ObjectRef>> left = Map.of("pipelines", List.of(claim, service));

        assertThat(DryRun.pruned(left, Set.of("pipelines")))
                .extracting(Change::ref)
                .containsExactly(service);
        assertThat(DryRun.pruned(left, Set.of())).extracting(Change::ref).containsExactly(claim, service);
    }
}
