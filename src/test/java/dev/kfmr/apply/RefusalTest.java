package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    @ParameterizedTest
    @CsvSource({
        "404, ABSENT, true",
        "409, CONFLICT, true",
        "429, BUSY, true",
        "500, SERVER_ERROR, true",
        "503, SERVER_ERROR, true",
        "400, REFUSED, false",
        "403, REFUSED, false",
        "422, REFUSED, false"
    })
    void knowsWhatPasses(int code, Refusal.Kind kind, boolean passes) {
        Refusal refusal = Refusal.of(InMemoryObjects.refusal(code, "words"));

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.passes()).isEqualTo(passes);
    }

    @Test
    void waitsUntilANamespaceIsGone() {
        KubernetesClientException e = new KubernetesClientException(
                "forbidden",
                403,
                new StatusBuilder()
                        .withCode(403)
                        .withNewDetails()
                        .addNewCause(
                                "metadata.namespace", "namespace kubeflow is being terminated", "NamespaceTerminating")
                        .endDetails()
                        .build());

        assertThat(Refusal.of(e).kind()).isEqualTo(Refusal.Kind.TERMINATING);
        assertThat(Refusal.of(e).passes()).isTrue();
    }

    @Test
    void saysWhatTheConnectionSaidWhereThereIsNone() {
        Refusal refusal = Refusal.of(
                new KubernetesClientException("Operation failed", new ConnectException("Connection refused")));

        assertThat(refusal).isEqualTo(new Refusal(Refusal.Kind.UNREACHABLE, "Connection refused"));
    }
}
