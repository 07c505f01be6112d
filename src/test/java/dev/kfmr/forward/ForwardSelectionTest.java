package dev.kfmr.forward;

import static dev.kfmr.forward.KubernetesObjects.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardSelectionTest {
    private final ForwardSelection selection = new ForwardSelection(List.of(spec()), "kubeflow");

    @Test
    void takesAllWhenNothingIsNamed() {
        assertThat(selection.of(List.of())).containsExactly(spec());
    }

    @Test
    void takesTheNamedOnes() {
        assertThat(selection.of(List.of("pipelines"))).containsExactly(spec());
    }

    @ParameterizedTest
    @CsvSource({
        "svc/ml-pipeline, 9090:80, kubeflow, 9090, 80",
        "svc/ml-pipeline.other, 9090:80, other, 9090, 80",
        "service/ml-pipeline, 8888, kubeflow, 8888, 8888",
        "svc/ml-pipeline, :8888, kubeflow, 0, 8888",
    })
    void readsAnyServiceWithItsPorts(String service, String ports, String namespace, int local, int remote) {
        ForwardSpec spec = selection.of(List.of(service, ports)).get(0);
        assertThat(spec.service()).isEqualTo("ml-pipeline");
        assertThat(spec.namespace()).isEqualTo(namespace);
        assertThat(spec.localPort()).isEqualTo(local);
        assertThat(spec.port()).isEqualTo(remote);
    }

    @Test
    void readsSeveralPortsOfOneServiceBesideNames() {
        assertThat(selection.of(List.of("svc/minio", "9000:9000", "9001:9001", "pipelines")))
                .extracting(ForwardSpec::localPort)
                .containsExactly(9000, 9001, 0);
    }

    @Test
    void namesTheNearestForward() {
        KfmrException error = catchThrowableOfType(KfmrException.class, () -> selection.of(List.of("pipeline")));
        assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(error.what()).isEqualTo("There is no forward pipeline. Did you mean pipelines?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:80", "8080:0", "70000:80", "8080:70000"})
    void refusesPortsThatCannotBe(String ports) {
        KfmrException error =
                catchThrowableOfType(KfmrException.class, () -> selection.of(List.of("svc/minio", ports)));
        assertThat(error.code()).isEqualTo("forward.bad-ports");
    }

    @Test
    void refusesAServiceWithoutPorts() {
        KfmrException error =
                catchThrowableOfType(KfmrException.class, () -> selection.of(List.of("svc/minio", "pipelines")));
        assertThat(error.what()).isEqualTo("Cannot read ports out of \"svc/minio\".");
    }
}
