package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Command;
import dev.kfmr.it.Rig;
import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Against a real API server, a real kubelet and a real containerd. One cluster for all: the last test restarts it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForwardIT {
    private static final String CLUSTER = "kfmr-test-forward";
    private static final String NODE = CLUSTER + "-control-plane";
    private static final int ECHO_PORT = 7777;
    private static final int CLOSED_PORT = 7778;
    private static final int LATE_PORT = 7779;
    /** Longer than containerd keeps a connection whose client has ended its stream. */
    private static final int LATE_SECONDS = 3;

    private static final Duration AT_ONCE = Duration.ofSeconds(3);
    private static final Duration MINUTES = Duration.ofMinutes(3);

    private final RecordedEvents events = new RecordedEvents();
    private Path kubeconfig;
    private KubernetesClient client;
    private ForwardSupervisor forwards;

    @BeforeAll
    void createCluster(@TempDir Path directory) throws IOException {
        Rig.require();
        kubeconfig = directory.resolve("kubeconfig");
        Rig.createCluster(CLUSTER, kubeconfig);
        run("docker", "exec", "-d", NODE, "socat", "TCP-LISTEN:" + ECHO_PORT + ",fork,reuseaddr", "EXEC:cat");
        String late = "SYSTEM:read line; sleep " + LATE_SECONDS + "; echo late";
        run("docker", "exec", "-d", NODE, "socat", "TCP-LISTEN:" + LATE_PORT + ",fork,reuseaddr", late);
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build();
        Eventually.within(
                MINUTES,
                "the namespace has its service account",
                () -> client.serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null);
        try (InputStream objects = ForwardIT.class.getResourceAsStream("forward-it.yaml")) {
            client.load(objects).create();
        }
        forwards = ForwardSupervisor.start(
                client,
                List.of(
                        spec("web", 80, "/"),
                        spec("host", ECHO_PORT, ""),
                        spec("host", CLOSED_PORT, ""),
                        spec("host", LATE_PORT, "")),
                ForwardOptions.defaults().withWaitForPod(Duration.ofSeconds(20)),
                events);
        Eventually.within(MINUTES, "all forwards are ready", () -> forwards.snapshot().stream()
                .allMatch(status -> status.state() == ForwardState.READY));
    }

    @AfterAll
    void deleteCluster() {
        if (forwards != null) {
            forwards.close();
        }
        if (client != null) {
            client.close();
        }
        Rig.deleteCluster(CLUSTER);
    }

    @Test
    @Order(1)
    void carriesHttpToTheReadyPod() throws IOException {
        assertThat(get()).contains(webPod());
    }

    @Test
    @Order(2)
    void carriesTwentyMebibytesThereAndBackUnchanged() throws Exception {
        byte[] sent = new byte[20 * 1024 * 1024];
        new Random(3).nextBytes(sent);
        try (Socket socket = connect(1)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(socket, sent));
            byte[] received = socket.getInputStream().readNBytes(sent.length);
            sending.get(1, TimeUnit.MINUTES);
            assertThat(Arrays.equals(received, sent)).isTrue();
        }
    }

    @Test
    @Order(3)
    void leavesNoConnectionOpen() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connect(1)) {
                socket.getOutputStream().write(i);
                assertThat(socket.getInputStream().read()).isEqualTo(i);
            }
        }
        Eventually.eventually(
                "no connection is open", () -> forwards.snapshot().get(1).connections() == 0);
        Eventually.eventually("the node has no connection to the echo server left", () -> !Command.of(
                        "docker", "exec", NODE, "ss", "-Htn", "state", "established", "sport", "=", ":" + ECHO_PORT)
                .run()
                .output()
                .contains(":" + ECHO_PORT));
    }

    @Test
    @Order(4)
    void tellsWhatTheNodeSaysOfAClosedPort() throws IOException {
        try (Socket socket = connect(2)) {
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
        Eventually.eventually("the error is told", () -> events.failures.stream()
                .anyMatch(text -> text.contains("pod host: ") && text.contains("connection refused")));
    }

    @Test
    @Order(5)
    void leadsToTheNewPodWhenTheOldOneIsDeleted() throws IOException {
        for (int i = 0; i < 3; i++) {
            String before = webPod();
            client.pods().inNamespace("default").withName(before).delete();
            Eventually.within(MINUTES, "another pod", () -> !webPod().equals(before) && !webPod().isEmpty());
            // The forwarder's watch may hear of it a moment after the list that was just asked for.
            Eventually.eventually("the new pod answers", () -> get().contains(webPod()));
        }
    }

    @Test
    @Order(6)
    void keepsASlowReplyToAClientThatSendsNoMore() throws IOException {
        try (Socket socket = connect(3)) {
            socket.getOutputStream().write("ask\n".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
                    .isEqualTo("late\n");
        }
    }

    @Test
    @Order(7)
    void answersOrFailsAtOnceWhilePodsAreKilled() {
        AtomicBoolean killing = new AtomicBoolean(true);
        CompletableFuture<Duration> slowestFailure = CompletableFuture.supplyAsync(() -> slowestFailure(killing));
        for (int i = 0; i < 3; i++) {
            String before = webPod();
            client.pods()
                    .inNamespace("default")
                    .withName(before)
                    .withGracePeriod(0)
                    .delete();
            Eventually.within(MINUTES, "another pod", () -> !webPod().equals(before) && !webPod().isEmpty());
            Eventually.eventually("the new pod answers", () -> get().contains(webPod()));
        }
        killing.set(false);
        assertThat(slowestFailure.join()).isLessThan(AT_ONCE);
    }

    private Duration slowestFailure(AtomicBoolean killing) {
        Duration slowest = Duration.ZERO;
        while (killing.get()) {
            Instant begin = Instant.now();
            try {
                get();
            } catch (UncheckedIOException e) {
                Duration took = Duration.between(begin, Instant.now());
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }
        }
        return slowest;
    }

    @Test
    @Order(8)
    void goesOnAfterTheApiServerWasKilled() throws IOException {
        run("docker", "exec", NODE, "pkill", "-KILL", "-x", "kube-apiserver");
        Eventually.within(MINUTES, "an echo", this::echoes);
        Eventually.within(MINUTES, "ready again", () -> web().state() == ForwardState.READY);
    }

    private boolean echoes() {
        try (Socket socket = connect(1)) {
            socket.getOutputStream().write(7);
            return socket.getInputStream().read() == 7;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Order(9)
    void reconnectsAfterTheNodeWasStoppedAndStarted() throws IOException {
        run("docker", "stop", "-t", "5", NODE);
        Eventually.within(MINUTES, "reconnecting", () -> web().state() == ForwardState.RECONNECTING);
        run("docker", "start", NODE);
        Eventually.within(MINUTES, "ready again", () -> web().state() == ForwardState.READY);
        assertThat(get()).contains("web-");
    }

    private ForwardStatus web() {
        return forwards.snapshot().get(0);
    }

    private String webPod() {
        return client.pods().inNamespace("default").withLabel("app", "web").list().getItems().stream()
                .filter(PodHealth::isReady)
                .map(Pod::getMetadata)
                .map(metadata -> metadata.getName())
                .findFirst()
                .orElse("");
    }

    /** By a connection of its own: one that is kept alive stays with its pod as long as that serves it. */
    private String get() {
        try {
            URLConnection connection = URI.create(web().url()).toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            try (InputStream stream = connection.getInputStream()) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket connect(int forward) throws IOException {
        Socket socket = new Socket("127.0.0.1", forwards.snapshot().get(forward).localPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ForwardSpec spec(String service, int port, String health) {
        return new ForwardSpec(
                service + port,
                service,
                "",
                service,
                "default",
                port,
                0,
                0,
                "/",
                health.isEmpty() ? List.of() : List.of(health),
                Map.of());
    }

    private static void run(String... words) {
        Command.Result result = Command.of(words).withLimit(MINUTES).run();
        assertThat(result.succeeded())
                .as(String.join(" ", words) + ": " + result.lastWords())
                .isTrue();
    }
}
