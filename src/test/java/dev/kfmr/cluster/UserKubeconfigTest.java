package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserKubeconfigTest {
    private final Path home;
    private final Path file;
    private final Path ofCluster;
    private final UserKubeconfig kubeconfig;

    UserKubeconfigTest(@TempDir Path home) throws IOException {
        this.home = home;
        file = home.resolve(".kube/config");
        ofCluster = Files.writeString(home.resolve("kubeconfig"), resource("kubeconfig-of-cluster.yaml"));
        kubeconfig = new UserKubeconfig(Map.of(), home);
    }

    @Test
    void makesTheFileWhereThereIsNone() throws IOException {
        kubeconfig.add(ofCluster, "kfmr", false);

        assertThat(file).content().isEqualTo(resource("kubeconfig-alone.yaml"));
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void makesTheContextCurrentOnlyWhenAsked() throws IOException {
        kubeconfig.add(ofCluster, "kfmr", true);

        assertThat(file).content().contains("current-context: kind-kfmr\n");
    }

    @Test
    void addsToWhatIsThere() throws IOException {
        existing(resource("kubeconfig-of-user.yaml"));

        kubeconfig.add(ofCluster, "kfmr", false);

        assertThat(file).content().isEqualTo(resource("kubeconfig-merged.yaml"));
    }

    @Test
    void removesExactlyWhatItAdded() throws IOException {
        existing(resource("kubeconfig-of-user.yaml"));
        Kubeconfig before = new KubeconfigFile(file).read();
        kubeconfig.add(ofCluster, "kfmr", false);

        kubeconfig.remove("kfmr");

        assertThat(new KubeconfigFile(file).read()).isEqualTo(before);
    }

    @Test
    void leavesNoContextCurrentThatIsGone() throws IOException {
        kubeconfig.add(ofCluster, "kfmr", true);

        kubeconfig.remove("kfmr");

        assertThat(file).content().contains("current-context: ''\n").doesNotContain("kind-kfmr");
    }

    @Test
    void replacesAnOlderClusterOfThatName() throws IOException {
        existing(resource("kubeconfig-merged.yaml").replace("https://127.0.0.1:35097", "https://127.0.0.1:1"));

        kubeconfig.add(ofCluster, "kfmr", false);

        assertThat(file).content().isEqualTo(resource("kubeconfig-merged.yaml"));
    }

    @Test
    void doesNotWriteWhatIsThereAlready() throws IOException {
        existing("# mine\n" + resource("kubeconfig-merged.yaml"));
        FileTime before = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, before);

        kubeconfig.add(ofCluster, "kfmr", false);

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    }

    @Test
    void keepsTheModeOfTheFile() throws IOException {
        existing(resource("kubeconfig-of-user.yaml"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        kubeconfig.add(ofCluster, "kfmr", false);

        assertThat(mode()).isEqualTo("rw-r-----");
    }

    @Test
    void writesThroughALink() throws IOException {
        Path real = Files.writeString(home.resolve("real"), resource("kubeconfig-of-user.yaml"));
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, real);

        kubeconfig.add(ofCluster, "kfmr", false);

        assertThat(file).isSymbolicLink();
        assertThat(real).content().isEqualTo(resource("kubeconfig-merged.yaml"));
    }

    @Test
    void leavesABrokenFileAsItIs() throws IOException {
        existing("clusters: [\n");

        assertFails("kubeconfig.broken");
        assertThat(file).content().isEqualTo("clusters: [\n");
        assertThat(home.resolve(".kube/config.lock")).doesNotExist();
    }

    @Test
    void leavesAFileAsItIsWhoseClustersAreNoList() throws IOException {
        existing("clusters: {}\n");

        assertFails("kubeconfig.broken");
        assertThat(file).content().isEqualTo("clusters: {}\n");
    }

    @Test
    void takesAnEmptyFileForNone() throws IOException {
        existing("");

        kubeconfig.add(ofCluster, "kfmr", false);

        assertThat(file).content().isEqualTo(resource("kubeconfig-alone.yaml"));
    }

    @Test
    void doesNotWriteUnderAnothersLock() throws IOException {
        existing(resource("kubeconfig-of-user.yaml"));
        Path lock = Files.createFile(home.resolve(".kube/config.lock"));

        assertThatThrownBy(() -> new KubeconfigFile(file, Duration.ZERO).change(content -> Kubeconfig.empty()))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("kubeconfig.locked");
                    assertThat(e.remedy()).endsWith("rm " + lock);
                });
        assertThat(file).content().isEqualTo(resource("kubeconfig-of-user.yaml"));
        assertThat(lock).exists();
    }

    @Test
    void takesTheFirstFileOfTheVariableThatExists() throws IOException {
        Path second = Files.writeString(home.resolve("b"), resource("kubeconfig-of-user.yaml"));

        assertThat(ofVariable(home.resolve("a"), second).target()).isEqualTo(second);
        assertThat(ofVariable(home.resolve("a"), home.resolve("c")).target()).isEqualTo(home.resolve("c"));
    }

    @Test
    void removesFromEveryFileThatHasIt() throws IOException {
        Path first = Files.writeString(home.resolve("a"), resource("kubeconfig-of-user.yaml"));
        Path second = Files.writeString(home.resolve("b"), resource("kubeconfig-merged.yaml"));

        ofVariable(first, second).remove("kfmr");

        assertThat(first).content().isEqualTo(resource("kubeconfig-of-user.yaml"));
        assertThat(second).content().doesNotContain("kind-kfmr").contains("prod");
    }

    private UserKubeconfig ofVariable(Path first, Path second) {
        return new UserKubeconfig(Map.of("KUBECONFIG", first + File.pathSeparator + second), home);
    }

    private void assertFails(String code) {
        assertThatThrownBy(() -> kubeconfig.add(ofCluster, "kfmr", false))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private void existing(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String resource(String name) {
        return Resource.text(UserKubeconfigTest.class, name);
    }
}
