package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.forward.ForwardState;
import dev.kfmr.forward.ForwardStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ForwardLinksTest {
    private static String line(ForwardState state, String reason, int port, String takenBy) {
        return ForwardLinks.line(new ForwardStatus(
                "gateway",
                "Kubeflow",
                state,
                reason,
                "http://localhost:" + port + "/",
                "127.0.0.1",
                port,
                8080,
                takenBy,
                "istio-system",
                "istio-ingressgateway",
                80,
                "pod",
                0,
                Instant.EPOCH));
    }

    @Test
    void saysThatNobodyCanSignInYetAndWhy() {
        assertThat(line(ForwardState.WAITING, "/oauth2/start answers 503", 8080, ""))
                .isEqualTo("waiting      Kubeflow               http://localhost:8080/  /oauth2/start answers 503");
    }

    @Test
    void saysWhenItIsReady() {
        assertThat(line(ForwardState.READY, "", 8080, ""))
                .isEqualTo("ready        Kubeflow               http://localhost:8080/");
    }

    @Test
    void saysWhoHasTheWantedPort() {
        assertThat(line(ForwardState.READY, "", 8081, "java (pid 7)"))
                .isEqualTo(
                        "ready        Kubeflow               http://localhost:8081/  (port 8080 is taken by java (pid 7))");
    }
}
