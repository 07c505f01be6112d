package dev.kfmr.forward;

import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;

/** The service and the pods that the tests of forwards talk about. */
final class KubernetesObjects {
    static final String NAMESPACE = "kubeflow";
    static final int SERVICE_PORT = 80;
    private static final Map<String, String> LABELS = Map.of("app", "ml-pipeline-ui");

    private KubernetesObjects() {}

    static ForwardSpec spec() {
        return spec(List.of(), Map.of());
    }

    static ForwardSpec spec(List<String> health, Map<String, String> headers) {
        return new ForwardSpec(
                "pipelines",
                "Pipelines UI",
                "pipelines",
                "ml-pipeline-ui",
                NAMESPACE,
                SERVICE_PORT,
                0,
                0,
                "/",
                health,
                headers);
    }

    static ForwardSpec onPort(ForwardSpec spec, int localPort) {
        return new ForwardSpec(
                spec.name(),
                spec.title(),
                spec.component(),
                spec.service(),
                spec.namespace(),
                spec.port(),
                spec.podPort(),
                localPort,
                spec.path(),
                spec.health(),
                spec.headers());
    }

    static Service service() {
        return service(new IntOrString("http"));
    }

    static Service service(IntOrString targetPort) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("ml-pipeline-ui")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withSelector(LABELS)
                .addNewPort()
                .withPort(SERVICE_PORT)
                .withTargetPort(targetPort)
                .endPort()
                .endSpec()
                .build();
    }

    static Pod readyPod(String name) {
        return pod(name, "True", "2026-11-28T05:00:00Z");
    }

    static Pod unreadyPod(String name) {
        return pod(name, "False", "2026-11-28T05:00:00Z");
    }

    static Pod pod(String name, String ready, String since) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withUid("uid-of-" + name)
                .withLabels(LABELS)
                .withCreationTimestamp(since)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("ui")
                .addNewPort()
                .withName("http")
                .withContainerPort(3000)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime(since)
                .endCondition()
                .endStatus()
                .build();
    }
}
