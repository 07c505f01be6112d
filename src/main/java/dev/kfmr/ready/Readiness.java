package dev.kfmr.ready;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Readiness of one object: a pure function, after kstatus. What makes pods and custom resources are judged by their fields,
 * whether the client read them with a type or without one; Kubernetes' other kinds by their types.
 *
 * <p>Every kind that upstream's releases use has a rule. A kind without one is judged by the conditions that custom
 * resources have by convention, unless it makes pods: to call such an object ready without knowing how would be a lie.
 */
public final class Readiness {
    /**
     * How long what is ready must stay so before it is believed: a program that crashes as it starts is up for a moment each time.
     * The same for {@code up}, which waits for it, and for who looks once: else a look after {@code up} could be stricter.
     */
    public static final Duration CALM = Duration.ofSeconds(5);

    /** Kinds that make pods, and so count as workloads: the ones that people wait for. */
    private static final Set<String> WORKLOADS =
            Set.of("apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet", "batch/Job", "/Pod");

    /** Kinds that are what they should be as soon as they exist: no controller adds to them what others wait for. */
    private static final Set<String> BY_EXISTENCE = Set.of(
            "/ConfigMap",
            "/Secret",
            "/Service",
            "/ServiceAccount",
            "/LimitRange",
            "/ResourceQuota",
            "/PersistentVolume",
            "batch/CronJob",
            "autoscaling/HorizontalPodAutoscaler",
            "policy/PodDisruptionBudget",
            // Its conditions only tell failures, and stay when they have passed: its namespace is what it brings.
            "kubeflow.org/Profile",
            "networking.k8s.io/Ingress",
            "networking.k8s.io/IngressClass",
            "networking.k8s.io/NetworkPolicy",
            "rbac.authorization.k8s.io/ClusterRole",
            "rbac.authorization.k8s.io/ClusterRoleBinding",
            "rbac.authorization.k8s.io/Role",
            "rbac.authorization.k8s.io/RoleBinding",
            "scheduling.k8s.io/PriorityClass",
            "storage.k8s.io/StorageClass");

    /** Groups whose kinds are only configuration that a running program reads. */
    private static final Set<String> CONFIGURATION_GROUPS = Set.of(
            "networking.istio.io",
            "security.istio.io",
            "telemetry.istio.io",
            "extensions.istio.io",
            "metacontroller.k8s.io",
            "pipelines.kubeflow.org");

    private Readiness() {}

    /** @throws KfmrException exit 2 for an object that makes pods, of a kind that has no rule */
    public static Status of(HasMetadata object) {
        String key = key(object);
        Optional<Status> byRule = byRule(key, object);
        if (byRule.isPresent()) {
            return byRule.get();
        }
        String group = key.substring(0, key.indexOf('/'));
        if (BY_EXISTENCE.contains(key) || CONFIGURATION_GROUPS.contains(group)) {
            return Status.current("exists");
        }
        refuseUnknownWorkload(object);
        return CustomResources.byConditions(object);
    }

    /** Whether objects of this kind make pods by a rule that is known here. @param group empty for the core group */
    public static boolean isWorkload(String group, String kind) {
        return WORKLOADS.contains(group + "/" + kind);
    }

    /**
     * Whether its status can be other than current while it exists: such an object must be read to know whether it is
     * ready.
     */
    public static boolean canBeUnready(String group, String kind) {
        String key = group + "/" + kind;
        return !BY_EXISTENCE.contains(key) && !CONFIGURATION_GROUPS.contains(group);
    }

    private static void refuseUnknownWorkload(HasMetadata object) {
        Fields spec = Fields.of(object).at("spec");
        boolean makesPods = spec.at("template").at("spec").has("containers") || spec.has("containers");
        if (makesPods) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "ready.unknown-kind",
                    "Cannot tell when " + object.getKind() + " "
                            + object.getMetadata().getName() + " is ready.",
                    "kfmr has no rule for the kind " + object.getKind() + " of " + object.getApiVersion()
                            + ", which makes pods.",
                    "Leave it out of the profile, and install it beside kfmr.");
        }
    }

    private static String key(HasMetadata object) {
        String apiVersion = object.getApiVersion();
        int slash = apiVersion.indexOf('/');
        return (slash < 0 ? "" : apiVersion.substring(0, slash)) + "/" + object.getKind();
    }

    /** Empty for a kind that has no rule. */
    private static Optional<Status> byRule(String key, HasMetadata object) {
        Status status =
                switch (key) {
                    case "apps/Deployment" -> Workloads.deployment(object);
                    case "apps/StatefulSet" -> Workloads.statefulSet(object);
                    case "apps/DaemonSet" -> Workloads.daemonSet(object);
                    case "apps/ReplicaSet" -> Workloads.replicaSet(object);
                    case "batch/Job" -> Workloads.job(object);
                    case "/Pod" -> Workloads.pod((Pod) object);
                    case "/PersistentVolumeClaim" -> Foundations.claim((PersistentVolumeClaim) object);
                    case "/Namespace" -> Foundations.namespace((Namespace) object);
                    case "apiextensions.k8s.io/CustomResourceDefinition" ->
                        Foundations.customResourceDefinition((CustomResourceDefinition) object);
                    case "admissionregistration.k8s.io/MutatingWebhookConfiguration" ->
                        Foundations.mutatingWebhooks((MutatingWebhookConfiguration) object);
                    case "admissionregistration.k8s.io/ValidatingWebhookConfiguration" ->
                        Foundations.validatingWebhooks((ValidatingWebhookConfiguration) object);
                    case "cert-manager.io/Certificate",
                            "cert-manager.io/CertificateRequest",
                            "cert-manager.io/Issuer",
                            "cert-manager.io/ClusterIssuer" -> CustomResources.byReadyCondition(object);
                    default -> null;
                };
        return Optional.ofNullable(status);
    }
}
