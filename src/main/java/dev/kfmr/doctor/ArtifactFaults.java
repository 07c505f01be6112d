package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.Readiness;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Namespaces of profiles whose pipeline runs have no way into the object store. */
final class ArtifactFaults {
    /** Upstream's names: of the Secret, of what makes it, and of the label that asks for it. */
    private static final String SECRET = "mlpipeline-minio-artifact";

    private static final String CONTROLLER = "kubeflow-pipelines-profile-controller";
    private static final String ENABLED = "pipelines.kubeflow.org/enabled";

    private static final Duration TO_FILL_A_NAMESPACE = Duration.ofMinutes(2);

    private ArtifactFaults() {}

    static List<Fault> read(KubernetesClient client, Circumstances circumstances) {
        return of(
                client.namespaces().withLabel(ENABLED, "true").list().getItems(),
                client.apps().deployments().inAnyNamespace().list().getItems(),
                namespace ->
                        client.secrets().inNamespace(namespace).withName(SECRET).get() != null,
                circumstances);
    }

    /**
     * Nothing where the controller is not there or not ready: its pods tell more.
     *
     * @param namespaces that Pipelines is to fill
     * @param hasSecret by a namespace's name
     */
    static List<Fault> of(
            List<Namespace> namespaces,
            List<Deployment> deployments,
            Predicate<String> hasSecret,
            Circumstances circumstances) {
        return deployments.stream()
                .filter(each -> each.getMetadata().getName().equals(CONTROLLER)
                        && Readiness.of(each).isCurrent())
                .limit(1)
                .flatMap(controller -> namespaces.stream()
                        .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                        .filter(namespace ->
                                !hasSecret.test(namespace.getMetadata().getName()))
                        .map(namespace -> fault(namespace, controller, circumstances)))
                .toList();
    }

    private static Fault fault(Namespace namespace, Deployment controller, Circumstances circumstances) {
        Check check = CheckCatalogue.shipped().get("function.artifact-secret");
        boolean mayCome = circumstances.isYounger(namespace, TO_FILL_A_NAMESPACE)
                || circumstances.isBeingChanged()
                || circumstances.areNodesStarting();
        return Fault.of(check.found(
                mayCome ? Severity.NOTE : check.severity(),
                Map.of(
                        "namespace",
                        namespace.getMetadata().getName(),
                        "secret",
                        SECRET,
                        "controller",
                        CONTROLLER,
                        "home",
                        controller.getMetadata().getNamespace())));
    }
}
