package dev.kfmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineInfoTest {
    private static final LocalEngineFiles ELSEWHERE = new LocalEngineFiles("24.6.0", List.of());

    @Test
    void readsDockerOfDebian() {
        EngineFacts facts = new EngineInfo(ELSEWHERE).docker(info("docker-debian.json"));

        assertThat(facts)
                .isEqualTo(new EngineFacts(
                        EngineKind.DOCKER,
                        "20.10.24+dfsg1",
                        2,
                        24105,
                        "overlay2",
                        "/var/lib/docker",
                        "",
                        OptionalLong.empty(),
                        1,
                        false,
                        false,
                        false,
                        "Debian GNU/Linux 12 (bookworm)",
                        "6.1.0-18-amd64",
                        "x86_64",
                        false));
        assertThat(facts.summary())
                .isEqualTo("Docker 20.10.24+dfsg1 on Debian GNU/Linux 12 (bookworm), 2 CPUs, 24105 MiB");
    }

    @Test
    void knowsContainerdsImageStoreByItsDriver() {
        String json = Resource.text(EngineInfoTest.class, "docker-debian.json");
        InfoTree containerd = InfoTree.of(json.replace("\"overlay2\"", "\"overlayfs\""), "info");

        assertThat(new EngineInfo(ELSEWHERE).docker(containerd).hasContainerdImageStore())
                .isTrue();
        assertThat(new EngineInfo(ELSEWHERE).docker(info("docker-debian.json")).hasContainerdImageStore())
                .isFalse();
    }

    @Test
    void knowsTheFilesystemOfAFolderOfThisMachineAlone(@TempDir Path folder) {
        assertThat(ELSEWHERE.filesystem(folder.toString())).isNotEmpty();
        assertThat(ELSEWHERE.filesystem(folder.resolve("missing").toString())).isEmpty();
    }

    @Test
    void knowsRootlessDocker() {
        EngineFacts facts = new EngineInfo(ELSEWHERE).docker(info("docker-rootless.json"));

        assertThat(facts.rootless()).isTrue();
        assertThat(facts.cgroupVersion()).isEqualTo(2);
    }

    @Test
    void takesColimasMachineAndNotTheMac() {
        EngineFacts facts = new EngineInfo(ELSEWHERE).docker(info("docker-colima.json"));

        assertThat(facts.cpus()).isEqualTo(4);
        assertThat(facts.memoryMib()).isEqualTo(9932);
        assertThat(facts.onThisMachine()).isFalse();
        assertThat(facts.freeDiskMib()).isEmpty();
    }

    @Test
    void knowsDockerOfSnap() {
        assertThat(new EngineInfo(ELSEWHERE).docker(info("docker-snap.json")).snap())
                .isTrue();
    }

    @Test
    void readsRootlessPodman() {
        EngineFacts facts = new EngineInfo(ELSEWHERE).podman(info("podman-rootless.json"));

        assertThat(facts)
                .isEqualTo(new EngineFacts(
                        EngineKind.PODMAN,
                        "5.4.2",
                        8,
                        15642,
                        "overlay",
                        "/home/ada/.local/share/containers/storage",
                        "",
                        OptionalLong.of(95367),
                        2,
                        true,
                        false,
                        false,
                        "fedora 42",
                        "6.14.5-300.fc42.x86_64",
                        "amd64",
                        false));
    }

    @Test
    void leavesUnknownWhatAnOldPodmanDoesNotSay() {
        EngineFacts facts = new EngineInfo(ELSEWHERE).podman(info("podman-old-root.json"));

        assertThat(facts.freeDiskMib()).isEmpty();
        assertThat(facts.cgroupVersion()).isEqualTo(1);
        assertThat(facts.rootless()).isFalse();
    }

    @Test
    void tellsPodmanUnderTheNameOfDocker() {
        assertThat(EngineInfo.isPodman(info("podman-rootless.json"))).isTrue();
        assertThat(EngineInfo.isPodman(info("docker-debian.json"))).isFalse();
    }

    @Test
    void readsTheDaemonsInitSettingOnlyOnItsOwnMachine(@TempDir Path folder) throws Exception {
        Path daemon = Files.writeString(folder.resolve("daemon.json"), "{\"init\": true}");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"init\": ");
        List<Path> files = List.of(folder.resolve("missing.json"), broken, daemon);

        assertThat(new EngineInfo(new LocalEngineFiles("6.1.0-18-amd64", files))
                        .docker(info("docker-debian.json"))
                        .initByDefault())
                .isTrue();
        assertThat(new EngineInfo(new LocalEngineFiles("another", files))
                        .docker(info("docker-debian.json"))
                        .initByDefault())
                .isFalse();
    }

    private static InfoTree info(String file) {
        return InfoTree.of(Resource.text(EngineInfoTest.class, file), file);
    }
}
