package dev.kfmr.doctor;

import dev.kfmr.apply.ApplySet;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.ServiceEndpoints;
import dev.kfmr.ready.Status;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks that nobody answers. Pure.
 *
 * @param deployments of all namespaces
 */
record WebhookFaults(List<Service> services, List<EndpointSlice> slices, List<Deployment> deployments) {
    WebhookFaults {
        services = List.copyOf(services);
        slices = List.copyOf(slices);
        deployments = List.copyOf(deployments);
    }

    /** One webhook that calls a Service. @param isRequired whether requests fail without it */
    record Hook(String configuration, String kind, ServiceReference service, boolean isRequired) {
        static Stream<Hook> of(ValidatingWebhookConfiguration configuration) {
            return configuration.getWebhooks().stream()
                    .flatMap(hook -> of(
                            configuration.getMetadata().getName(),
                            "validatingwebhookconfiguration",
                            hook.getClientConfig(),
                            hook.getFailurePolicy()));
        }

        static Stream<Hook> of(MutatingWebhookConfiguration configuration) {
            return configuration.getWebhooks().stream()
                    .flatMap(hook -> of(
                            configuration.getMetadata().getName(),
                            "mutatingwebhookconfiguration",
                            hook.getClientConfig(),
                            hook.getFailurePolicy()));
        }

        private static Stream<Hook> of(
                String name, String kind, @Nullable WebhookClientConfig client, @Nullable String failurePolicy) {
            return client == null || client.getService() == null
                    ? Stream.empty()
                    : Stream.of(new Hook(name, kind, client.getService(), !"Ignore".equals(failurePolicy)));
        }
    }

    static List<Fault> read(KubernetesClient client) {
        List<Hook> hooks = new ArrayList<>();
        var admission = client.admissionRegistration().v1();
        admission.validatingWebhookConfigurations().list().getItems().stream()
                .flatMap(Hook::of)
                .forEach(hooks::add);
        admission.mutatingWebhookConfigurations().list().getItems().stream()
                .flatMap(Hook::of)
                .forEach(hooks::add);
        if (hooks.isEmpty()) {
            return List.of();
        }
        return new WebhookFaults(
                        client.services().inAnyNamespace().list().getItems(),
                        client.discovery()
                                .v1()
                                .endpointSlices()
                                .inAnyNamespace()
                                .list()
                                .getItems(),
                        client.apps().deployments().inAnyNamespace().list().getItems())
                .of(hooks);
    }

    /** One for each configuration and Service. */
    List<Fault> of(List<Hook> hooks) {
        List<Fault> faults = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Hook hook : hooks) {
            String key = hook.configuration() + " " + id(hook.service());
            if (!isAnswered(hook.service()) && !told.contains(key)) {
                told.add(key);
                faults.add(fault(hook));
            }
        }
        return faults;
    }

    private boolean isAnswered(ServiceReference service) {
        return ServiceEndpoints.isAnyReady(slices.stream()
                .filter(slice ->
                        service.getNamespace().equals(slice.getMetadata().getNamespace()))
                .filter(slice -> slice.getMetadata().getLabels() != null
                        && service.getName()
                                .equals(slice.getMetadata().getLabels().get(ServiceEndpoints.SERVICE)))
                .toList());
    }

    private Fault fault(Hook hook) {
        Optional<Service> service = services.stream()
                .filter(each -> id(
                                each.getMetadata().getNamespace(),
                                each.getMetadata().getName())
                        .equals(id(hook.service())))
                .findFirst();
        if (service.isEmpty()) {
            return found(hook, severity(hook), "there is no such Service", List.of());
        }
        Optional<Deployment> behind = deployments.stream()
                .filter(deployment -> selects(service.get(), deployment))
                .findFirst();
        if (behind.isEmpty()) {
            return found(hook, severity(hook), "no Deployment has the labels that it selects", List.of());
        }
        return of(hook, behind.get());
    }

    private static Fault of(Hook hook, Deployment behind) {
        ObjectRef ref = new ObjectRef(
                "apps",
                "v1",
                "Deployment",
                behind.getMetadata().getNamespace(),
                behind.getMetadata().getName());
        if (Integer.valueOf(0).equals(behind.getSpec().getReplicas())) {
            return found(hook, severity(hook), ref.id() + " is scaled to 0 replicas", List.of(Fixes.scale(ref, 1)));
        }
        // One that kfmr installed is looked at as a workload: what is wrong with it is told there.
        boolean isToldElsewhere = behind.getMetadata().getLabels() != null
                && behind.getMetadata().getLabels().containsKey(ApplySet.PART_OF);
        boolean isOnItsWay = Readiness.of(behind).state() == Status.State.IN_PROGRESS;
        return found(
                hook,
                isToldElsewhere || isOnItsWay ? Severity.NOTE : severity(hook),
                ref.id() + " has no pod that is ready",
                List.of());
    }

    private static boolean selects(Service service, Deployment deployment) {
        Map<String, String> selector = service.getSpec().getSelector();
        Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata() == null
                ? Map.of()
                : deployment.getSpec().getTemplate().getMetadata().getLabels();
        return selector != null
                && !selector.isEmpty()
                && labels != null
                && service.getMetadata()
                        .getNamespace()
                        .equals(deployment.getMetadata().getNamespace())
                && labels.entrySet().containsAll(selector.entrySet());
    }

    private static Severity severity(Hook hook) {
        return hook.isRequired() ? Severity.FAILURE : Severity.WARNING;
    }

    private static Fault found(Hook hook, Severity severity, String evidence, List<Fix> fixes) {
        Finding finding = CheckCatalogue.shipped()
                .get("cluster.webhook-no-endpoints")
                .found(
                        severity,
                        Map.of(
                                "webhook", hook.configuration(),
                                "kind", hook.kind(),
                                "service", id(hook.service()),
                                "evidence", evidence));
        return new Fault(
                fixes.isEmpty() ? finding : finding.withRemedy(fixes.get(0).command()), "", fixes);
    }

    private static String id(ServiceReference service) {
        return id(service.getNamespace(), service.getName());
    }

    private static String id(String namespace, String name) {
        return namespace + "/" + name;
    }
}
