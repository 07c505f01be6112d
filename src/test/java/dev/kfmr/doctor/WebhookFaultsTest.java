package dev.kfmr.doctor;

import static dev.kfmr.doctor.DoctorObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Severity;
import dev.kfmr.doctor.WebhookFaults.Hook;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
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

    private static Hook hook(boolean isRequired) {
        return new Hook(
                "my-hook",
                "validatingwebhookconfiguration",
                new ServiceReferenceBuilder()
                        .withNamespace("kubeflow")
                        .withName("hook")
                        .build(),
                isRequired);
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
        return new WebhookFaults(services, List.of(slice), deployments).of(List.of(hook(true), hook(true)));
    }

    @Test
    void findsNothingWrongWithAWebhookThatIsAnswered() {
        assertThat(faults(
                        List.of(SERVICE),
                        slice("[{addresses: [10.0.0.1], conditions: {ready: true}}]"),
                        List.of(deployment(1, ""))))
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
    void onlyWarnsOfAWebhookThatMayFail() {
        assertThat(new WebhookFaults(List.of(), List.of(), List.of()).of(List.of(hook(false))))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.WARNING);
    }
}
