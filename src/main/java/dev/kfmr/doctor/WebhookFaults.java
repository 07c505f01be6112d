package dev.kfmr.doctor;

import dev.kfmr.apply.ApplySet;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.ScaledDown;
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
 * Webhooks that nobody answers, or that the API server does not trust. Pure.
 *
 * @param deployments of all namespaces
 * @param trust whether the API server trusts what answers
 */
record WebhookFaults(
        List<Service> services, List<EndpointSlice> slices, List<Deployment> deployments, WebhookTrust trust) {
    WebhookFaults {
        services = List.copyOf(services);
        slices = List.copyOf(slices);
        deployments = List.copyOf(deployments);
    }

    /**
     * One webhook that calls a Service.
     *
     * @param isRequired whether requests fail without it
     * @param caBundle the CA that the API server trusts for it, as PEM in base64; empty where none is named
     */
    record Hook(String configuration, String kind, ServiceReference service, boolean isRequired, String caBundle) {
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
                    : Stream.of(new Hook(
                            name,
                            kind,
                            client.getService(),
                            !"Ignore".equals(failurePolicy),
                            client.getCaBundle() == null ? "" : client.getCaBundle()));
        }
    }

    static List<Fault> read(KubernetesClient client, Circumstances circumstances) {
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
                        client.apps().deployments().inAnyNamespace().list().getItems(),
                        new WebhookTrust(
                                (namespace, name) -> Optional.ofNullable(client.secrets()
                                        .inNamespace(namespace)
                                        .withName(name)
                                        .get()),
                                circumstances))
                .of(hooks);
    }

    /** One for each configuration and Service. */
    List<Fault> of(List<Hook> hooks) {
        List<Fault> faults = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Hook hook : hooks) {
            String key = hook.configuration() + " " + id(hook.service());
            if (told.contains(key)) {
                continue;
            }
            Optional<Fault> found = isAnswered(hook.service())
                    ? behind(hook).flatMap(deployment -> trust.fault(hook, deployment))
                    : Optional.of(fault(hook));
            found.ifPresent(fault -> {
                told.add(key);
                faults.add(fault);
            });
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
        if (service(hook).isEmpty()) {
            return found(hook, severity(hook), "there is no such Service", List.of());
        }
        return behind(hook)
                .map(deployment -> of(hook, deployment))
                .orElseGet(
                        () -> found(hook, severity(hook), "no Deployment has the labels that it selects", List.of()));
    }

    private Optional<Service> service(Hook hook) {
        return services.stream()
                .filter(each -> id(
                                each.getMetadata().getNamespace(),
                                each.getMetadata().getName())
                        .equals(id(hook.service())))
                .findFirst();
    }

    /** What answers for it. */
    private Optional<Deployment> behind(Hook hook) {
        return service(hook).flatMap(service -> deployments.stream()
                .filter(deployment -> selects(service, deployment))
                .findFirst());
    }

    private static Fault of(Hook hook, Deployment behind) {
        ObjectRef ref = new ObjectRef(
                "apps",
                "v1",
                "Deployment",
                behind.getMetadata().getNamespace(),
                behind.getMetadata().getName());
        // One that kfmr installed is looked at as a workload: what is wrong with it is told there.
        boolean isToldElsewhere = behind.getMetadata().getLabels() != null
                && behind.getMetadata().getLabels().containsKey(ApplySet.PART_OF);
        if (ScaledDown.is(behind)) {
            return found(
                    hook,
                    isToldElsewhere ? Severity.NOTE : severity(hook),
                    ref.id() + " is scaled to 0",
                    List.of(Fixes.scale(ref, 1)));
        }
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
