package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.render.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is sent is owned and forced back, so what controllers fill in must not be sent. */
class SentObjectTest {
    private static final Map<String, String> LABELS = ApplySet.labels("pipelines");

    private static Manifest manifest(String yaml) {
        return Manifest.of(YamlDocuments.parse(yaml, "test").get(0));
    }

    private static Map<String, Object> sent(String yaml) {
        return SentObject.of(manifest(yaml), LABELS);
    }

    @Test
    void marksItAsOursBesideItsOwnLabels() {
        Map<String, Object> sent =
                sent("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {app: ml-pipeline}}}");

        assertThat(SentObject.map(SentObject.map(sent.get("metadata")).get("labels")))
                .containsEntry("app", "ml-pipeline")
                .containsEntry(ApplySet.PART_OF, ApplySet.ID)
                .containsEntry(ApplySet.COMPONENT, "pipelines");
    }

    @Test
    void leavesOutStatusAndTheTimeOfCreation() {
        Map<String, Object> sent = sent(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: a, creationTimestamp: null}
                status: {conditions: []}
                """);

        assertThat(sent).doesNotContainKey("status");
        assertThat(SentObject.map(sent.get("metadata"))).doesNotContainKey("creationTimestamp");
    }

    @Test
    void writesTheTextsOfASecretAsData() {
        Map<String, Object> sent =
                sent("{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {user: minio}, data: {k: dg==}}");

        assertThat(sent).doesNotContainKey("stringData").containsEntry("data", Map.of("user", "bWluaW8=", "k", "dg=="));
    }

    @Test
    void leavesTheRulesOfAnAggregatedRoleToItsController() {
        Map<String, Object> sent = sent(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: kubeflow-admin}
                aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
                rules: []
                """);

        assertThat(sent).doesNotContainKey("rules").containsKey("aggregationRule");
    }

    @Test
    void leavesAnEmptyCaToWhoInjectsIt() {
        Map<String, Object> sent = sent(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: a}
                webhooks: [{name: w, clientConfig: {caBundle: "", service: {name: s, namespace: n}}}]
                """);

        assertThat(SentObject.map(SentObject.maps(sent.get("webhooks")).get(0).get("clientConfig")))
                .containsOnlyKeys("service");
    }

    @Test
    void keepsAFailurePolicyThatItsControllerTurned() {
        Map<String, Object> sent = sent(
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: a}
                webhooks: [{name: w, failurePolicy: Ignore, clientConfig: {service: {name: s, namespace: n}}}]
                """);

        Map<String, Object> kept =
                SentObject.keepingFailurePolicies(sent, List.of(Map.of("name", "w", "failurePolicy", "Fail")));

        assertThat(SentObject.maps(kept.get("webhooks")).get(0)).containsEntry("failurePolicy", "Fail");
    }

    @Test
    void leavesTheRenderedObjectAsItIs() {
        Manifest secret = manifest("{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {user: minio}}");

        SentObject.of(secret, LABELS);

        assertThat(secret.content()).containsKey("stringData");
    }
}
