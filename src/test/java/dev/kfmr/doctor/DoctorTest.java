package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.check.CheckGroup;
import dev.kfmr.check.Finding;
import dev.kfmr.core.KfmrException;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.profile.ForwardSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that has nothing yet, no engine either. */
class DoctorTest {
    @TempDir
    private Path home;

    private Doctor doctor(Installation installation) {
        return new Doctor(LayerCases.input(home, Map.of("PATH", home.toString()), () -> installation, Optional::empty));
    }

    @Test
    void mendsThisMachineWhileNoEngineAnswers() {
        List<String> done = new ArrayList<>();

        doctor(Installation.unknown()).apply(new Fix("sysctl", reach -> done.add(reach.name())), "kfmr");

        assertThat(done).containsExactly("kfmr");
    }

    @Test
    void mendsNoClusterThatItCannotAskWhoseItIs() {
        assertThatThrownBy(() -> doctor(Installation.unknown()).apply(new Fix("start", Reach::clusters), "kfmr"))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("engine.missing"));
    }

    private static Installation forwardingTo(int localPort) {
        ForwardSpec forward = new ForwardSpec(
                "pipelines",
                "Pipelines",
                "pipelines",
                "ml-pipeline-ui",
                "kubeflow",
                80,
                0,
                localPort,
                "/",
                List.of(),
                Map.of());
        return new Installation(List.of(), List.of(forward), List.of());
    }

    private static List<String> portsTaken(Doctor doctor) {
        return doctor.beforeInstall(Selection.of(List.of(), List.of(CheckGroup.HOST))).findings().stream()
                .filter(finding -> finding.id().equals("host.ports"))
                .map(Finding::what)
                .toList();
    }

    @Test
    void seesBeforeTheInstallationThatSomebodyHasAPortOfItsForwards() throws IOException {
        try (Socket somebodys = new Socket()) {
            somebodys.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = somebodys.getLocalPort();

            assertThat(portsTaken(doctor(forwardingTo(port))))
                    .containsExactly("Local port " + port + ", which Pipelines would take, is in use.");
        }
    }

    @Test
    void leavesAPortThatKfmrHasItself() throws IOException {
        try (ServerSocket ours = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(portsTaken(doctor(forwardingTo(ours.getLocalPort())))).isEmpty();
        }
    }

    @Test
    void saysThatItDoesNotKnowThePortsOfAPlanThatItCannotRead() {
        Doctor doctor = new Doctor(LayerCases.input(
                home,
                Map.of("PATH", home.toString()),
                () -> {
                    throw new IllegalStateException("no plan");
                },
                Optional::empty));

        assertThat(doctor.beforeInstall(Selection.of(List.of(), List.of())).unread())
                .contains(new Unread("the environment's plan", "no plan"));
    }
}
