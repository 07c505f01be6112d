package dev.kfmr.forward;

import static dev.kfmr.forward.KubernetesObjects.readyPod;
import static dev.kfmr.forward.KubernetesObjects.service;
import static dev.kfmr.forward.KubernetesObjects.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetPortTest {
    @Test
    void looksUpANameAmongThePodsContainers() {
        assertThat(TargetPort.of(spec(), service(new IntOrString("http")), readyPod("ui")))
                .contains(3000);
    }

    @Test
    void takesANumberAsItIs() {
        assertThat(TargetPort.of(spec(), service(new IntOrString(8000)), readyPod("ui")))
                .contains(8000);
    }

    @Test
    void fallsBackToTheServicesOwnPort() {
        Service service = service();
        service.getSpec().getPorts().get(0).setTargetPort(null);
        assertThat(TargetPort.of(spec(), service, readyPod("ui"))).contains(80);
    }

    @Test
    void prefersThePodsPortThatTheForwardNames() {
        ForwardSpec spec = new ForwardSpec("x", "x", "", "s", "n", 81, 8000, 0, "/", List.of(), Map.of());
        assertThat(TargetPort.of(spec, service(), readyPod("ui"))).contains(8000);
    }

    @Test
    void saysThatNoContainerHasTheName() {
        assertThat(TargetPort.problem(spec(), service(new IntOrString("web")), List.of(readyPod("ui"))))
                .contains("no container of its pods names a port web");
    }
}
