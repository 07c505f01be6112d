package dev.kfmr.forward;

import static dev.kfmr.forward.Eventually.eventually;
import static dev.kfmr.forward.KubernetesObjects.onPort;
import static dev.kfmr.forward.KubernetesObjects.readyPod;
import static dev.kfmr.forward.KubernetesObjects.service;
import static dev.kfmr.forward.KubernetesObjects.spec;
import static dev.kfmr.forward.KubernetesObjects.unreadyPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.profile.ProfileLibrary;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardSupervisorTest {
    private static final ForwardOptions OPTIONS =
            ForwardOptions.defaults().withProbeEvery(Duration.ofMillis(200)).withWaitForPod(Duration.ofSeconds(2));

    private final RecordedEvents events = new RecordedEvents();
    private final FakeApiServer api;
    private final KubernetesClient client;
    private @Nullable ForwardSupervisor supervisor;

    ForwardSupervisorTest() throws IOException {
        api = new FakeApiServer();
        client = api.client();
    }

    @AfterEach
    void stop() {
        if (supervisor != null) {
            supervisor.close();
        }
        client.close();
        api.close();
    }

    @Test
    void isReadyWhenItsHealthPathAnswers() throws IOException {
        try (TcpServer pod = http("200 OK")) {
            api.put(service());
            api.put(readyPod("ui"), pod.port());
            start(OPTIONS, spec(List.of("/healthz"), Map.of()));
            eventually("ready", () -> status().state() == ForwardState.READY);
            assertThat(status().pod()).isEqualTo("ui");
            assertThat(status().url()).isEqualTo("http://localhost:" + status().localPort() + "/");
            assertThat(events.states()).startsWith(ForwardState.WAITING).endsWith(ForwardState.READY);
        }
    }

    @Test
    void waitsWhileItsHealthPathAnswersWithAnError() throws IOException {
        try (TcpServer pod = http("503 Unavailable")) {
            api.put(service());
            api.put(readyPod("ui"), pod.port());
            start(OPTIONS, spec(List.of("/healthz"), Map.of()));
            eventually("waiting", () -> status().text().equals("waiting: /healthz answers 503"));
        }
    }

    /** Who opens it before would be shown an error, or a sign-in that leads nowhere; the gateway's own pod is ready long before. */
    @ParameterizedTest
    @ValueSource(strings = {"/dex/healthz", "/oauth2/start"})
    void theGatewayWaitsUntilOneCanSignIn(String away) throws IOException {
        AtomicReference<String> broken = new AtomicReference<>(away);
        try (TcpServer gateway = gateway(broken)) {
            api.put(service());
            api.put(readyPod("ui"), gateway.port());
            start(OPTIONS, spec(shippedGateway().health(), Map.of()));

            eventually("waiting", () -> status().text().equals("waiting: " + away + " answers 503"));
            assertThat(page()).contains("waiting: " + away + " answers 503").doesNotContain("ready</td>");

            broken.set("none");
            eventually("ready", () -> status().state() == ForwardState.READY);
            assertThat(page()).contains("ready</td>").doesNotContain("answers 503");
        }
    }

    private static ForwardSpec shippedGateway() {
        return new ProfileLibrary()
                .load("multi-user").forwards().stream()
                        .filter(forward -> forward.name().equals("gateway"))
                        .findFirst()
                        .orElseThrow();
    }

    private String page() {
        LandingContent content = new LandingContent("kfmr", "multi-user", List::of, List.of(), "", () -> "");
        return new LandingHtml(content).of(Objects.requireNonNull(supervisor).snapshot());
    }

    /** As Envoy with oauth2-proxy behind it answers while what is behind a path is away. */
    private static TcpServer gateway(AtomicReference<String> broken) throws IOException {
        Map<String, String> answers = Map.of("/dex/healthz", "200 OK", "/oauth2/start", "302 Found");
        return new TcpServer(socket -> {
            String path = readHead(socket).split(" ")[1];
            String answer = path.equals(broken.get()) ? "503 Unavailable" : answers.getOrDefault(path, "403 Forbidden");
            socket.getOutputStream().write(FakeApiServer.bytes("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n"));
        });
    }

    @Test
    void reconnectsWhenItWasReadyAndAnswersNoMore() throws IOException {
        AtomicReference<String> answer = new AtomicReference<>("200 OK");
        try (TcpServer pod = http(answer)) {
            api.put(service());
            api.put(readyPod("ui"), pod.port());
            start(OPTIONS, spec(List.of("/healthz"), Map.of()));
            eventually("ready", () -> status().state() == ForwardState.READY);
            answer.set("500 Broken");
            eventually("reconnecting", () -> status().text().equals("reconnecting: /healthz answers 500"));
            answer.set("200 OK");
            eventually("ready again", () -> status().state() == ForwardState.READY);
        }
    }

    @Test
    void saysWhyThereIsNoReadyPod() throws IOException {
        try (TcpServer pod = TcpServer.echoing()) {
            api.put(service());
            api.put(unreadyPod("ui"), pod.port());
            start(OPTIONS, spec());
            eventually("waiting", () -> status().text().startsWith("waiting: running, not ready yet"));
        }
    }

    @Test
    void saysThatThereIsNoSuchService() {
        start(OPTIONS, spec());
        eventually("waiting", () -> status().text().equals("waiting: no service ml-pipeline-ui in namespace kubeflow"));
    }

    @Test
    void saysWhyItCannotAskKubernetes() {
        api.close();
        start(OPTIONS, spec());
        eventually("waiting", () -> status().text().startsWith("waiting: Kubernetes does not answer: "));
    }

    @Test
    void saysWhichPortsTheServiceHas() {
        api.put(service(new IntOrString(3000)));
        ForwardSpec spec = spec();
        start(
                OPTIONS,
                new ForwardSpec("x", "x", "", spec.service(), spec.namespace(), 81, 0, 0, "/", List.of(), Map.of()));
        eventually("waiting", () -> status().text().equals("waiting: service ml-pipeline-ui has no port 81, only 80"));
    }

    @Test
    void saysThatKubernetesAnswersNoMore() throws IOException {
        try (TcpServer pod = http("200 OK")) {
            api.put(service());
            api.put(readyPod("ui"), pod.port());
            start(OPTIONS, spec(List.of("/healthz"), Map.of()));
            eventually("ready", () -> status().state() == ForwardState.READY);
            api.close();
            eventually("reconnecting", () -> status().text().equals("reconnecting: Kubernetes does not answer"));
        }
    }

    @Test
    void injectsHeadersAndFollowsThePodOverTheProxy() throws IOException {
        AtomicReference<String> head = new AtomicReference<>("");
        try (TcpServer pod = new TcpServer(socket -> {
            head.set(readHead(socket));
            socket.getOutputStream().write(FakeApiServer.bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        })) {
            api.put(service());
            api.put(readyPod("ui"), pod.port());
            start(OPTIONS, spec(List.of("/healthz"), Map.of("kubeflow-userid", "user@example.com")));
            eventually("ready", () -> status().state() == ForwardState.READY);
            assertThat(head.get()).contains("GET /healthz").contains("kubeflow-userid: user@example.com");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void takesTheNextPortAndSaysWhoseTheWantedOneIs() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            start(OPTIONS, onPort(spec(), other.getLocalPort()));
            assertThat(status().localPort()).isNotEqualTo(other.getLocalPort());
            assertThat(status().isMoved()).isTrue();
            assertThat(status().takenBy())
                    .endsWith("(pid " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void leavesPortsThatOtherForwardsWant() throws IOException {
        int port = firstOfTwoFreePorts();
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            supervisor = ForwardSupervisor.start(
                    client, List.of(onPort(spec(), port), onPort(spec(), port + 1)), OPTIONS, events);
            assertThat(Objects.requireNonNull(supervisor).snapshot().get(1).localPort())
                    .isEqualTo(port + 1);
        }
    }

    @Test
    void refusesATakenPortWhenPortsAreStrict() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ForwardSpec spec = onPort(spec(), other.getLocalPort());
            KfmrException error =
                    catchThrowableOfType(KfmrException.class, () -> start(OPTIONS.withStrictPorts(true), spec));
            assertThat(error.code()).isEqualTo("forward.port-taken");
            assertThat(error.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(error.what()).isEqualTo("Port " + other.getLocalPort() + " is taken.");
        }
    }

    @Test
    void warnsOfAnAddressThatOthersCanReach() {
        start(OPTIONS.withAddress("0.0.0.0"), spec());
        assertThat(events.warnings)
                .singleElement()
                .asString()
                .contains("0.0.0.0")
                .contains("CSRF cookie");
    }

    @Test
    void failsOnAnAddressThatIsNotOurs() {
        KfmrException error =
                catchThrowableOfType(KfmrException.class, () -> start(OPTIONS.withAddress("192.0.2.1"), spec()));

        assertThat(error.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(error.what()).isEqualTo("No port can be opened on 192.0.2.1.");
    }

    /** Below the range out of which the kernel gives ports to clients. */
    private static int firstOfTwoFreePorts() {
        return IntStream.range(20_000, 30_000)
                .filter(port -> isFree(port) && isFree(port + 1))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void start(ForwardOptions options, ForwardSpec spec) {
        supervisor = ForwardSupervisor.start(client, List.of(spec), options, events);
    }

    private ForwardStatus status() {
        return Objects.requireNonNull(supervisor).snapshot().get(0);
    }

    private static TcpServer http(String status) throws IOException {
        return http(new AtomicReference<>(status));
    }

    private static TcpServer http(AtomicReference<String> status) throws IOException {
        return new TcpServer(socket -> {
            readHead(socket);
            socket.getOutputStream()
                    .write(FakeApiServer.bytes("HTTP/1.1 " + status.get() + "\r\nContent-Length: 0\r\n\r\n"));
        });
    }

    private static String readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        byte[] chunk = new byte[4096];
        for (int count = socket.getInputStream().read(chunk);
                count >= 0;
                count = socket.getInputStream().read(chunk)) {
            head.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.toString();
    }
}
