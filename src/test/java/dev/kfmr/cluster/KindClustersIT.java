package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Command;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Directories;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.it.Rig;
import dev.kfmr.profile.Profile.ApiServerArgument;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** On a real engine with a real kind. Clusters are dear: the tests of one follow each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KindClustersIT {
    private static final String NAME = "kfmr-test-cluster";
    private static final ApiServerArgument ARGUMENT =
            new ApiServerArgument("service-account-issuer", "https://kubernetes.default.svc");

    private Path home;
    private String nodeImage;
    private Engine engine;
    private Path kind;
    private KindClusters clusters;

    @BeforeAll
    void needsAnEngineAndANodeImage(@TempDir Path folder) {
        home = folder;
        nodeImage = Rig.variable("KFMR_NODE_IMAGE");
        if (!Command.of("kind", "version").run().succeeded()) {
            Rig.missing("kind is not on PATH");
        }
        engine = findEngine();
        kind = Path.of("kind");
        clusters = new KindClusters(kind, engine, Directories.of(Map.of(), home));
        deleteByHand();
    }

    private static Engine findEngine() {
        try {
            return Engines.find(System.getenv());
        } catch (KfmrException e) {
            return Rig.missing("No container engine answers: " + e.what());
        }
    }

    @AfterAll
    void deleteByHand() {
        if (engine == null) {
            return;
        }
        Command.of(
                        "kind",
                        "delete",
                        "cluster",
                        "--name",
                        NAME,
                        "--kubeconfig",
                        home.resolve("x").toString())
                .withLimit(Duration.ofMinutes(2))
                .run();
    }

    @Test
    @Order(1)
    void saysThatANodeImageDoesNotExist() {
        ClusterSpec spec = ClusterSpec.of(NAME, "registry.invalid/node:v0.0.0");

        assertFails(spec, new StepLog(), "cluster.node-image", ExitCode.UPSTREAM);
        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.ABSENT);
    }

    @Test
    @Order(2)
    void rollsBackWhatFailed() throws IOException {
        assertFails(failing(false), new StepLog(), "cluster.create-failed", ExitCode.ENVIRONMENT);

        assertThat(clusters.exists(NAME)).isFalse();
        assertThat(clusters.kubeconfig(NAME)).doesNotExist();
    }

    @Test
    @Order(3)
    void rollsBackWhatWasInterrupted() {
        Thread self = Thread.currentThread();
        StepLog log = new StepLog(step -> {
            if (step.startsWith("kind: Starting")) {
                self.interrupt();
            }
        });

        assertFails(spec(), log, "interrupted", ExitCode.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(clusters.exists(NAME)).isFalse();
    }

    /** The engine is reached by a socket of another name, which goes away while kind works. */
    @Test
    @Order(4)
    void saysThatTheEngineWentAway() throws IOException {
        Path socket = Files.createSymbolicLink(home.resolve("engine.sock"), engineSocket());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("DOCKER_HOST", "unix://" + socket);
        KindClusters dying = new KindClusters(kind, Engines.find(environment), Directories.of(Map.of(), home));
        StepLog log = new StepLog(step -> {
            if (step.startsWith("kind: Writing configuration")) {
                delete(socket);
            }
        });

        assertThatThrownBy(() -> dying.ensure(spec(), log, deadline()))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("engine.stopped");
                    assertThat(e.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
                    assertThat(e.what()).contains("went away while it created the cluster " + NAME);
                    assertThat(e.remedy()).contains("it deletes what was begun of the cluster, and makes it anew");
                });
        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.UNFINISHED);
    }

    /** Where the engine's own command finds it. */
    private Path engineSocket() {
        String host = engine("context", "inspect", "--format", "{{.Endpoints.docker.Host}}")
                .run()
                .output()
                .strip();
        Assumptions.assumeTrue(host.startsWith("unix://"), "the engine is reached by " + host);
        return Path.of(host.substring("unix://".length()));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(5)
    void keepsAFailedClusterWhenAskedAndKnowsThatItIsUnfinished() throws IOException {
        assertFails(failing(true), new StepLog(), "cluster.create-failed", ExitCode.ENVIRONMENT);

        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.UNFINISHED);
    }

    @Test
    @Order(6)
    void makesAnUnfinishedClusterAnew() throws IOException {
        StepLog log = new StepLog();

        assertThat(clusters.ensure(spec(), log, deadline())).isEqualTo(ClusterState.UNFINISHED);

        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.RUNNING);
        assertThat(log.warnings()).isEmpty();
        assertThat(log.steps())
                .startsWith("deleting an unfinished cluster " + NAME)
                .contains("kind: Preparing nodes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(clusters.kubeconfig(NAME))))
                .isEqualTo("rw-------");
    }

    @Test
    @Order(7)
    void answersWithTheWantedApiServer() {
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.kubeconfig(NAME))) {
            connection.awaitReady(deadline());

            assertThat(connection.serverVersion()).startsWith("v1.");
            assertThat(connection
                            .client()
                            .pods()
                            .inNamespace("kube-system")
                            .withLabel("component", "kube-apiserver")
                            .list()
                            .getItems())
                    .singleElement()
                    .satisfies(pod -> assertThat(
                                    pod.getSpec().getContainers().get(0).getCommand())
                            .contains("--" + ARGUMENT.name() + "=" + ARGUMENT.value()));
        }
    }

    @Test
    @Order(8)
    void pullsThroughTheMirror() {
        String mirror = Rig.variable("KFMR_REGISTRY_MIRROR");

        assertThat(inNode("cat", RegistryMirror.FILE)).contains("[host.\"" + mirror + "\"]");
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.kubeconfig(NAME))) {
            Pod pod = new PodBuilder()
                    .withNewMetadata()
                    .withName("pull")
                    .withNamespace("kube-system")
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("pull")
                    .withImage("docker.io/library/busybox:latest")
                    .endContainer()
                    .endSpec()
                    .build();
            connection
                    .client()
                    .serviceAccounts()
                    .inNamespace("kube-system")
                    .withName("default")
                    .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
            connection.client().resource(pod).create();

            connection.client().resource(pod).waitUntilCondition(KindClustersIT::isPulled, 60, TimeUnit.SECONDS);
        }
    }

    private static boolean isPulled(@Nullable Pod pod) {
        return pod != null
                && pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(status -> status.getImageID() != null
                                && !status.getImageID().isEmpty());
    }

    @Test
    @Order(9)
    void leavesARunningClusterAlone() {
        String before = inNode("cat", "/proc/1/stat").split(" ")[21];

        assertThat(clusters.ensure(spec(), Progress.silent(), deadline())).isEqualTo(ClusterState.RUNNING);

        assertThat(inNode("cat", "/proc/1/stat").split(" ")[21]).isEqualTo(before);
    }

    @Test
    @Order(10)
    void looksForAMirrorOnLocalhostWhereTheNodeSeesThisMachine() {
        StepLog log = new StepLog();
        // Nothing listens on port 1.
        ClusterSpec spec = spec().withRegistryMirror(URI.create("http://localhost:1"));

        clusters.ensure(spec, log, deadline());

        assertThat(inNode("cat", RegistryMirror.FILE))
                .doesNotContain("localhost")
                .contains(":1\"]");
        assertThat(log.warnings()).singleElement().asString().contains("does not reach the registry mirror");
    }

    @Test
    @Order(11)
    void trustsFurtherCertificates() throws IOException {
        Path certificates = Files.writeString(home.resolve("ca.crt"), inNode("cat", "/etc/kubernetes/pki/ca.crt"));
        ClusterSpec plain = spec();

        clusters.ensure(
                new ClusterSpec(
                        NAME,
                        nodeImage,
                        1,
                        plain.registryMirror(),
                        List.of(),
                        Optional.empty(),
                        Map.of(),
                        Optional.of(certificates),
                        false),
                Progress.silent(),
                deadline());

        assertThat(inNode("cat", "/etc/ssl/certs/ca-certificates.crt"))
                .contains(Files.readString(certificates).strip());
    }

    @Test
    @Order(12)
    void startsWhatIsStopped() {
        engine("stop", NAME + "-control-plane").run();
        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.STOPPED);

        clusters.ensure(spec(), Progress.silent(), deadline());

        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.RUNNING);
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.kubeconfig(NAME))) {
            connection.awaitReady(deadline());
        }
    }

    @Test
    @Order(13)
    void knowsItsClusterWithoutItsState() {
        KindClusters another = new KindClusters(kind, engine, Directories.of(Map.of(), home.resolve("another")));

        assertThat(another.ensure(spec(), Progress.silent(), deadline())).isEqualTo(ClusterState.RUNNING);
        assertThat(another.kubeconfig(NAME)).content().contains("kind-" + NAME);
    }

    @Test
    @Order(14)
    void mendsAKubeconfigThatWasCutShort() throws IOException {
        String whole = Files.readString(clusters.kubeconfig(NAME));
        Files.writeString(clusters.kubeconfig(NAME), whole.substring(0, whole.indexOf("contexts:")));

        clusters.ensure(spec(), Progress.silent(), deadline());

        assertThat(clusters.kubeconfig(NAME)).content().isEqualTo(whole);
    }

    @Test
    @Order(15)
    void deletesAPausedClusterWithAProcessThatNoSignalEnds() {
        if (engine.facts().cgroupVersion() == 1) {
            // As runc leaves one whose node is killed while it works.
            inNode(
                    "sh",
                    "-c",
                    "mkdir /sys/fs/cgroup/freezer/kfmr-test; sleep 3600 >/dev/null 2>&1 & "
                            + "echo $! > /sys/fs/cgroup/freezer/kfmr-test/cgroup.procs; "
                            + "echo FROZEN > /sys/fs/cgroup/freezer/kfmr-test/freezer.state");
        }
        engine("pause", NAME + "-control-plane").run();

        clusters.delete(NAME, Progress.silent());

        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.ABSENT);
        assertThat(clusters.kubeconfig(NAME)).doesNotExist();
    }

    @Test
    @Order(16)
    void deletesNothingTwice() {
        clusters.delete(NAME, Progress.silent());

        assertThat(clusters.exists(NAME)).isFalse();
    }

    @Test
    @Order(17)
    void leavesAForeignClusterAlone() {
        Command.of(
                        "kind",
                        "create",
                        "cluster",
                        "--name",
                        NAME,
                        "--image",
                        nodeImage,
                        "--kubeconfig",
                        home.resolve("foreign").toString())
                .withLimit(Duration.ofMinutes(5))
                .run();

        assertThat(clusters.state(NAME)).isEqualTo(ClusterState.FOREIGN);
        assertFails(spec(), new StepLog(), "cluster.foreign", ExitCode.ENVIRONMENT);
        assertThatThrownBy(() -> clusters.delete(NAME, Progress.silent()))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("cluster.foreign"));
        assertThat(clusters.nodes(NAME)).containsExactly(NAME + "-control-plane");
    }

    private ClusterSpec spec() {
        ClusterSpec plain = ClusterSpec.of(NAME, nodeImage).withApiServer(List.of(ARGUMENT));
        return mirror().map(plain::withRegistryMirror).orElse(plain);
    }

    private static Optional<URI> mirror() {
        return Optional.ofNullable(System.getenv("KFMR_REGISTRY_MIRROR")).map(URI::create);
    }

    /** With a patch that kind stumbles over when the node's container is there already. */
    private ClusterSpec failing(boolean retain) throws IOException {
        Path config = Files.writeString(
                home.resolve("failing.yaml"),
                """
                kind: Cluster
                apiVersion: kind.x-k8s.io/v1alpha4
                containerdConfigPatches: ["no = [toml"]
                """);
        return new ClusterSpec(
                NAME,
                nodeImage,
                1,
                Optional.empty(),
                List.of(),
                Optional.of(config),
                Map.of(),
                Optional.empty(),
                retain);
    }

    private void assertFails(ClusterSpec spec, StepLog log, String code, ExitCode exitCode) {
        assertThatThrownBy(() -> clusters.ensure(spec, log, deadline()))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.exitCode()).isEqualTo(exitCode);
                });
    }

    private String inNode(String... command) {
        return engine("exec", NAME + "-control-plane").with(command).run().output();
    }

    private Command engine(String... arguments) {
        return engine.command(arguments);
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofMinutes(5));
    }
}
