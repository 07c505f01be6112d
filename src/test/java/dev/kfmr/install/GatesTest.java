package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.InMemoryObjects;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.profile.Gate;
import dev.kfmr.ready.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final Gate WEBHOOK = new Gate(Gate.Kind.WEBHOOK, "cert-manager-webhook", "");
    private static final Gate SECRET = new Gate(Gate.Kind.SECRET, "mlpipeline-minio-artifact", "user");
    private static final Gate NAMESPACE = new Gate(Gate.Kind.NAMESPACE, "user", "");
    private static final Gate WORKLOAD = new Gate(Gate.Kind.WORKLOAD, "istiod", "istio-system");
    private static final String CONFIGURATION =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: cert-manager-webhook}
            webhooks:
              - name: webhook.cert-manager.io
                clientConfig: {service: {name: cert-manager-webhook, namespace: cert-manager}, caBundle: "%s"}
                rules:
                  - {operations: [CREATE, UPDATE], apiGroups: [cert-manager.io], apiVersions: [v1], resources: ["*/*"]}
            """;
    private static final String PROFILE =
            """
            {apiVersion: kubeflow.org/v1, kind: Profile, metadata: {name: user}, spec: {owner: {kind: User, name: user@example.com}}%s}
            """;
    private static final String OBJECTS =
            """
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: kubeflow}}
            ---
            {apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {name: own, namespace: kubeflow}}
            ---
            {apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: {name: all}}
            """;

    private final InMemoryObjects cluster = new InMemoryObjects();
    private boolean hasEndpoints;
    private ClusterView view = new ClusterView(List.of(), List.of());
    private Gates gates = gates(OBJECTS);

    private Gates gates(String rendered) {
        return new Gates(cluster, (namespace, service) -> hasEndpoints, () -> view, Components.manifests(rendered));
    }

    @BeforeEach
    void serve() {
        hasEndpoints = true;
        cluster.put(CONFIGURATION.formatted("Y2E="));
    }

    @Test
    void holdsForAWebhookThatAnswers() {
        assertThat(gates.missing(WEBHOOK)).isEmpty();
        assertThat(cluster.triedDry()).containsExactly(ObjectRef.parse("cert-manager.io/v1/ClusterIssuer//all"));
    }

    @Test
    void waitsForTheConfiguration() {
        assertThat(gates.missing(new Gate(Gate.Kind.WEBHOOK, "istiod", "")))
                .contains("webhook configuration istiod is not there yet");
    }

    @Test
    void waitsForTheCa() {
        cluster.put(CONFIGURATION.formatted(""));

        assertThat(gates.missing(WEBHOOK)).contains("webhook webhook.cert-manager.io has no CA yet");
    }

    @Test
    void waitsForAPodBehindTheService() {
        hasEndpoints = false;

        assertThat(gates.missing(WEBHOOK))
                .get()
                .asString()
                .contains("no pod of service cert-manager/cert-manager-webhook");
        assertThat(cluster.triedDry()).isEmpty();
    }

    @Test
    void waitsUntilTheApiServerReachesAndTrustsIt() {
        cluster.refuseDryRun(
                "ClusterIssuer", InMemoryObjects.refusal(500, "failed calling webhook: x509: unknown authority"));
        assertThat(gates.missing(WEBHOOK)).contains("failed calling webhook: x509: unknown authority");

        cluster.acceptDryRun("ClusterIssuer");
        assertThat(gates.missing(WEBHOOK)).isEmpty();
    }

    @Test
    void takesARefusalByTheWebhookForAnAnswer() {
        cluster.refuseDryRun("ClusterIssuer", InMemoryObjects.refusal(422, "spec: Required value"));

        assertThat(gates.missing(WEBHOOK)).isEmpty();
    }

    @Test
    void triesAnObjectWhoseNamespaceIsNotThereYetInAnother() {
        gates = gates("{apiVersion: cert-manager.io/v1, kind: Issuer, metadata: {name: own, namespace: kubeflow}}");

        assertThat(gates.missing(WEBHOOK)).isEmpty();
        assertThat(cluster.triedDry()).containsExactly(ObjectRef.parse("cert-manager.io/v1/Issuer/default/own"));
    }

    @Test
    void waitsForASecret() {
        assertThat(gates.missing(SECRET)).contains("Secret user/mlpipeline-minio-artifact is not there yet");

        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: mlpipeline-minio-artifact, namespace: user}}");
        assertThat(gates.missing(SECRET)).isEmpty();
    }

    @Test
    void waitsUntilANamespaceIsActive() {
        assertThat(gates.missing(NAMESPACE)).contains("Namespace user is not there yet");

        cluster.put("{apiVersion: v1, kind: Namespace, metadata: {name: user}, status: {phase: Terminating}}");
        assertThat(gates.missing(NAMESPACE)).contains("Namespace user is Terminating");

        cluster.put("{apiVersion: v1, kind: Namespace, metadata: {name: user}, status: {phase: Active}}");
        assertThat(gates.missing(NAMESPACE)).isEmpty();
    }

    @Test
    void tellsWhatTheProfileSaysOfANamespaceThatDoesNotCome() {
        gates = gates(PROFILE.formatted(""));
        assertThat(gates.missing(NAMESPACE)).contains("Namespace user is not there yet; its Profile is not there yet");

        cluster.put(PROFILE.formatted(""));
        assertThat(gates.missing(NAMESPACE))
                .contains("Namespace user is not there yet; its Profile has no condition yet");

        cluster.put(
                PROFILE.formatted(", status: {conditions: [{type: Failed, message: before}, {type: Failed, message: "
                        + "Owning namespace failed to create within 15 seconds}]}"));
        assertThat(gates.missing(NAMESPACE))
                .contains("Namespace user is not there yet; its Profile says Failed: Owning namespace failed to create"
                        + " within 15 seconds");
    }

    @Test
    void doesNotTakeANamespaceThatItsProfileDoesNotOwn() {
        gates = gates(PROFILE.formatted(""));
        cluster.put(PROFILE.formatted(", status: {conditions: [{type: Failed, message: not owned}]}"));
        cluster.put("{apiVersion: v1, kind: Namespace, metadata: {name: user}, status: {phase: Active}}");

        assertThat(gates.missing(NAMESPACE))
                .contains("Namespace user is there, and not of its Profile; its Profile says Failed: not owned");

        // Taken over since: its old conditions stay.
        cluster.put("{apiVersion: v1, kind: Namespace, metadata: {name: user, annotations: {owner: user@example.com}},"
                + " status: {phase: Active}}");
        assertThat(gates.missing(NAMESPACE)).isEmpty();
    }

    @Test
    void waitsUntilAWorkloadIsReady() {
        assertThat(gates.missing(WORKLOAD)).contains("istiod is not there yet");

        view = withIstiod(0);
        assertThat(gates.missing(WORKLOAD)).contains("istiod: 0 of 1 ready");

        view = withIstiod(1);
        assertThat(gates.missing(WORKLOAD)).isEmpty();
    }

    private static ClusterView withIstiod(int ready) {
        HasMetadata istiod = new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: istiod, namespace: istio-system, uid: i}
                        spec: {replicas: 1}
                        status: {replicas: 1, updatedReplicas: 1, readyReplicas: %1$d, availableReplicas: %1$d}
                        """
                                .formatted(ready));
        return new ClusterView(List.of(istiod), List.of());
    }
}
