package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.check.CheckGroup;
import dev.kfmr.check.Finding;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.engine.EngineCases;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import dev.kfmr.profile.ForwardSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        return new Installation(List.of(), List.of(forward), List.of(), Room.nothingMore());
    }

    private List<String> engineFindings(Room room) throws IOException {
        Path docker = Files.writeString(
                home.resolve("docker"),
                "#!/bin/sh\ntest $1 = info && /bin/cat <<'END'\n"
                        + Resource.text(EngineCases.class, "docker-debian.json") + "\nEND\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return doctor(new Installation(List.of(), List.of(), List.of(), room))
                .beforeInstall(Selection.of(List.of(), List.of(CheckGroup.ENGINE)))
                .findings()
                .stream()
                .map(Finding::id)
                .filter(id -> id.startsWith("engine.memory") || id.startsWith("engine.cpu"))
                .toList();
    }

    @Test
    void judgesTheEngineByWhatIsToBeInstalledOnIt() throws IOException {
        RequestSums modest = new RequestSums(new MachineNeeds(500, 4000, 9), new MachineNeeds(50, 2000, 9));
        RequestSums large = new RequestSums(new MachineNeeds(90_000, 900_000, 9), new MachineNeeds(500, 4000, 9));

        assertThat(engineFindings(new Room(modest, RequestPolicy.AUTO))).isEmpty();
        assertThat(engineFindings(new Room(large, RequestPolicy.AUTO)))
                .containsExactly("engine.memory-requests-lowered", "engine.cpu-requests-lowered");
        assertThat(engineFindings(new Room(large, RequestPolicy.UPSTREAM)))
                .containsExactly("engine.memory", "engine.cpu-requests");
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
