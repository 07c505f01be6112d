package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Severity;
import dev.kfmr.profile.ForwardSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForwardFaultsTest {
    private static ForwardSpec forward(int port) {
        return new ForwardSpec(
                "pipelines",
                "Pipelines",
                "pipelines",
                "ml-pipeline-ui",
                "kubeflow",
                80,
                0,
                port,
                "/",
                List.of("/"),
                Map.of());
    }

    @Test
    void findsNothingWrongWithPortsThatAreFree() {
        assertThat(ForwardFaults.of(List.of(forward(8080)), Set.of())).isEmpty();
    }

    @Test
    void findsNothingWrongWithAPortThatKfmrItselfHas() throws IOException {
        try (ServerSocket ours = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ForwardFaults.of(List.of(forward(ours.getLocalPort())), Set.of(ours.getLocalPort())))
                    .isEmpty();
        }
    }

    @Test
    void warnsOfAPortThatSomebodyElseHas() {
        // Nobody listens there, so nobody can be named.
        assertThat(ForwardFaults.of(List.of(forward(1)), Set.of(1)))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().severity()).isEqualTo(Severity.WARNING);
                    assertThat(fault.finding().what())
                            .isEqualTo("Local port 1, which Pipelines would take, is in use.");
                    assertThat(fault.finding().evidence()).isEqualTo("something listens on 127.0.0.1:1");
                });
    }
}
