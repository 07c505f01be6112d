package dev.kfmr.doctor;

import static dev.kfmr.doctor.DoctorObjects.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Severity;
import dev.kfmr.core.Resource;
import dev.kfmr.doctor.WebhookFaults.Hook;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookFaultsTest {
    private static final Service SERVICE = object(
            Service.class,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: hook, namespace: kubeflow}
            spec: {selector: {app: hook}}
            """);

    private static final String ANSWERED = "[{addresses: [10.0.0.1], conditions: {ready: true}}]";

    private static Hook hook(boolean isRequired) {
        return new Hook(
                "my-hook",
                "validatingwebhookconfiguration",
                new ServiceReferenceBuilder()
                        .withNamespace("kubeflow")
                        .withName("hook")
                        .build(),
                isRequired,
                pem("ca"));
    }

    /** @param certificate in the one Secret that there is */
    private static WebhookTrust trust(String certificate) {
        Secret secret = new SecretBuilder()
                .withData(Map.of("tls.crt", pem(certificate)))
                .build();
        return new WebhookTrust(
                (namespace, name) -> name.equals("served") ? Optional.of(secret) : Optional.empty(),
                DoctorObjects.LONG_STARTED);
    }

    private static String pem(String name) {
        return Base64.getEncoder()
                .encodeToString(
                        Resource.text(WebhookFaultsTest.class, name + ".pem").getBytes(UTF_8));
    }

    /** Of a webhook that is answered by pods that mount the Secret. */
    private static List<Fault> trusted(String caBundle, String certificate, String mounted) {
        Deployment deployment = new DeploymentBuilder(deployment(1, ""))
                .editSpec()
                .editTemplate()
                .withNewSpec()
                .addNewVolume()
                .withName("certificate")
                .withNewSecret()
                .withSecretName(mounted)
                .endSecret()
                .endVolume()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        Hook hook =
                new Hook("my-hook", "validatingwebhookconfiguration", hook(true).service(), true, caBundle);
        return new WebhookFaults(List.of(SERVICE), List.of(slice(ANSWERED)), List.of(deployment), trust(certificate))
                .of(List.of(hook, hook));
    }

    private static EndpointSlice slice(String endpoints) {
        return object(
                EndpointSlice.class,
                """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: hook-1, namespace: kubeflow, labels: {kubernetes.io/service-name: hook}}
                addressType: IPv4
                endpoints: %s
                """
                        .formatted(endpoints));
    }

    private static Deployment deployment(int replicas, String labels) {
        return object(
                Deployment.class,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: hook, namespace: kubeflow, labels: {%s}}
                spec: {replicas: %d, template: {metadata: {labels: {app: hook, more: yes}}}}
                """
                        .formatted(labels, replicas));
    }

    private static List<Fault> faults(List<Service> services, EndpointSlice slice, List<Deployment> deployments) {
        return new WebhookFaults(services, List.of(slice), deployments, trust("serving"))
                .of(List.of(hook(true), hook(true)));
    }

    @Test
    void findsNothingWrongWithAWebhookThatIsAnswered() {
        assertThat(faults(List.of(SERVICE), slice(ANSWERED), List.of(deployment(1, ""))))
                .isEmpty();
    }

    @Test
    void scalesBackTheDeploymentBehindIt() {
        assertThat(faults(List.of(SERVICE), slice("null"), List.of(deployment(0, ""))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().severity()).isEqualTo(Severity.FAILURE);
                    assertThat(fault.finding().what()).contains("my-hook", "kubeflow/hook");
                    assertThat(fault.fixes())
                            .extracting(Fix::command)
                            .containsExactly("kubectl -n kubeflow scale deployment hook --replicas=1");
                });
    }

    @Test
    void saysWhenThereIsNoServiceOrNothingBehindIt() {
        assertThat(faults(List.of(), slice("null"), List.of()).get(0).finding().evidence())
                .isEqualTo("there is no such Service");
        assertThat(faults(List.of(SERVICE), slice("null"), List.of())
                        .get(0)
                        .finding()
                        .evidence())
                .contains("no Deployment");
    }

    @Test
    void onlyNotesWhatTheWorkloadItselfTells() {
        Deployment ours = deployment(1, "applyset.kubernetes.io/part-of: x");

        assertThat(faults(List.of(SERVICE), slice("[]"), List.of(ours)))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.NOTE);
    }

    @Test
    void findsNothingWrongWithACertificateOfTheNamedCa() {
        assertThat(trusted(pem("ca"), "serving", "served")).isEmpty();
    }

    @Test
    void findsACertificateOfAnotherCaOnce() {
        assertThat(trusted(pem("foreign-ca"), "serving", "served"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("cluster.webhook-ca");
                    assertThat(fault.finding().evidence())
                            .isEqualTo("it serves a certificate of CN=ca, and is to be trusted by a CA CN=foreign-ca");
                });
    }

    @Test
    void findsACertificateThatHasEnded() {
        assertThat(trusted(pem("ca"), "expired", "served"))
                .extracting(fault -> fault.finding().evidence())
                .containsExactly("its certificate ended on 2021-01-01T00:00:00Z");
    }

    @Test
    void findsThatNoCaIsNamed() {
        assertThat(trusted("", "serving", "served"))
                .extracting(fault -> fault.finding().evidence())
                .containsExactly("its configuration names no CA (caBundle)");
        assertThat(trusted("bm9uc2Vuc2U=", "serving", "served"))
                .extracting(fault -> fault.finding().evidence())
                .containsExactly("the CA in its configuration (caBundle) is no certificate");
    }

    @Test
    void doesNotJudgeAProgramThatMountsNoCertificate() {
        assertThat(trusted(pem("foreign-ca"), "serving", "another")).isEmpty();
    }

    @Test
    void acceptsACertificateThatIsItsOwnCa() {
        assertThat(trusted(pem("ca"), "ca", "served")).isEmpty();
    }

    @Test
    void onlyWarnsOfAWebhookThatMayFail() {
        assertThat(new WebhookFaults(List.of(), List.of(), List.of(), trust("serving")).of(List.of(hook(false))))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.WARNING);
    }
}
