package dev.kfmr.forward;

import static dev.kfmr.forward.Eventually.eventually;
import static dev.kfmr.forward.KubernetesObjects.pod;
import static dev.kfmr.forward.KubernetesObjects.readyPod;
import static dev.kfmr.forward.KubernetesObjects.service;
import static dev.kfmr.forward.KubernetesObjects.spec;
import static dev.kfmr.forward.KubernetesObjects.unreadyPod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Deadline;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortForwardTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final ForwardOptions OPTIONS =
            ForwardOptions.defaults().withProbeEvery(Duration.ofMillis(200)).withWaitForPod(Duration.ofSeconds(5));

    final RecordedEvents events = new RecordedEvents();
    final FakeApiServer api;
    private final KubernetesClient client;
    private @Nullable ForwardSupervisor supervisor;

    PortForwardTest() throws IOException {
        api = new FakeApiServer();
        api.put(service());
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
    void carriesFiftyMebibytesUpUnchanged() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        try (TcpServer pod = new TcpServer(socket -> {
            received.complete(digest(socket.getInputStream(), 50 * MEBIBYTE));
            socket.getOutputStream().write('.');
        })) {
            forwardTo(pod);
            String sent;
            try (Socket socket = connect()) {
                sent = send(socket.getOutputStream(), 50 * MEBIBYTE);
                assertThat(socket.getInputStream().read()).isEqualTo('.');
            }
            assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(sent);
        }
    }

    @Test
    void carriesFiftyMebibytesDownUnchanged() throws Exception {
        CompletableFuture<String> sent = new CompletableFuture<>();
        try (TcpServer pod = new TcpServer(socket -> sent.complete(send(socket.getOutputStream(), 50 * MEBIBYTE)))) {
            forwardTo(pod);
            try (Socket socket = connect()) {
                String received = digest(socket.getInputStream(), 50 * MEBIBYTE);
                assertThat(received).isEqualTo(sent.get(10, TimeUnit.SECONDS));
                assertThat(socket.getInputStream().read()).as("end").isEqualTo(-1);
            }
        }
    }

    @Test
    void holdsBackAPodWhoseClientDoesNotRead() throws Exception {
        AtomicLong written = new AtomicLong();
        try (TcpServer pod = new TcpServer(socket -> {
            byte[] chunk = new byte[MEBIBYTE];
            for (int i = 0; i < 120; i++) {
                socket.getOutputStream().write(chunk);
                written.addAndGet(chunk.length);
            }
        })) {
            forwardTo(pod);
            try (Socket socket = connect()) {
                assertThat(stable(written)).isLessThan(60L * MEBIBYTE);
                assertThat(digest(socket.getInputStream(), 120 * MEBIBYTE)).isNotEmpty();
            }
        }
    }

    @Test
    void holdsBackAClientWhosePodDoesNotRead() throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        CompletableFuture<String> received = new CompletableFuture<>();
        try (TcpServer pod = new TcpServer(socket -> {
            await(mayRead);
            received.complete(digest(socket.getInputStream(), 100 * MEBIBYTE));
        })) {
            forwardTo(pod);
            AtomicLong written = new AtomicLong();
            try (Socket socket = connect()) {
                CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                    byte[] chunk = new byte[MEBIBYTE];
                    for (int i = 0; i < 100; i++) {
                        write(socket, chunk);
                        written.addAndGet(chunk.length);
                    }
                });
                assertThat(stable(written)).isLessThan(60L * MEBIBYTE);
                mayRead.countDown();
                writing.get(20, TimeUnit.SECONDS);
                assertThat(received.get(20, TimeUnit.SECONDS)).isNotEmpty();
            }
        }
    }

    @Test
    void echoesAHundredConnectionsAtOnceAndLeavesNoneOpen() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(100);
        try (TcpServer pod = TcpServer.echoing()) {
            forwardTo(pod);
            List<CompletableFuture<Integer>> echoes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                echoes.add(CompletableFuture.supplyAsync(() -> echo(number, 5), clients));
            }
            for (CompletableFuture<Integer> echo : echoes) {
                assertThat(echo.get(30, TimeUnit.SECONDS))
                        .as("echoes; failures: %s", events.failures)
                        .isEqualTo(5);
            }
            eventually("no web socket is left open", () -> api.tunnels() == 0);
            eventually("no connection is left open", () -> status().connections() == 0);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void leadsTheNextConnectionToTheNewPod() throws Exception {
        try (TcpServer first = TcpServer.saying("first");
                TcpServer second = TcpServer.saying("second")) {
            Pod old = readyPod("ui-old");
            api.put(old, first.port());
            start();
            assertThat(readAll()).isEqualTo("first");
            api.delete(old);
            api.put(readyPod("ui-new"), second.port());
            eventually("the new one is chosen", () -> status().pod().equals("ui-new"));
            assertThat(readAll()).isEqualTo("second");
        }
    }

    /** The connection stayed open for ever: the node's answer came after all that the pod had to say. */
    @Test
    void endsAConnectionThatThePodEndedBeforeTheNodeAnswered() throws Exception {
        try (TcpServer server = TcpServer.saying("hello")) {
            api.put(readyPod("ui"), server.port());
            start();
            assertThat(readAll()).isEqualTo("hello");
            api.answerSessionsLate();
            assertThat(readAll()).isEqualTo("hello");
        }
    }

    @Test
    void choosesTheNewestOfTheReadyPods() throws Exception {
        try (TcpServer older = TcpServer.saying("older");
                TcpServer newer = TcpServer.saying("newer")) {
            api.put(pod("ui-a", "True", "2026-11-28T05:00:00Z"), older.port());
            api.put(pod("ui-b", "True", "2026-11-28T06:00:00Z"), newer.port());
            api.put(pod("ui-c", "False", "2026-11-28T07:00:00Z"), older.port());
            start();
            assertThat(readAll()).isEqualTo("newer");
        }
    }

    @Test
    void holdsAConnectionUntilAPodIsReady() throws Exception {
        try (TcpServer server = TcpServer.saying("hello")) {
            api.put(unreadyPod("ui"), server.port());
            start();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::readAllUnchecked);
            eventually("the connection waits", () -> status().connections() == 1);
            api.put(readyPod("ui"), server.port());
            assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("hello");
        }
    }

    @Test
    void resetsAConnectionWhenNoPodComesInTime() throws Exception {
        start(OPTIONS.withWaitForPod(Duration.ofMillis(200)));
        assertThatThrownBy(this::readAll).isInstanceOf(IOException.class);
        assertThat(events.failures).contains("pipelines: no pod yet");
    }

    @Test
    void goesToAnotherPodWhenATunnelIsRefused() throws Exception {
        try (TcpServer server = TcpServer.saying("alive")) {
            Pod gone = pod("ui-gone", "True", "2026-11-28T06:00:00Z");
            api.put(gone, server.port());
            api.put(readyPod("ui-alive"), server.port());
            start();
            eventually("the newer one is chosen", () -> status().pod().equals("ui-gone"));
            api.deleteUnseen(gone);
            assertThat(readAll()).isEqualTo("alive");
        }
    }

    @Test
    void tellsWhatTheErrorChannelSaid() throws Exception {
        try (TcpServer server = TcpServer.echoing()) {
            Pod pod = readyPod("ui");
            api.put(pod, server.port());
            api.failTunnels(pod, "error forwarding port 3000: connection refused");
            start();
            assertThatThrownBy(this::readAll).isInstanceOf(IOException.class);
            eventually(
                    "the error is told",
                    () -> events.failures.equals(
                            List.of("pipelines: pod ui: error forwarding port 3000: connection refused")));
            eventually("its state says it", () -> status().text().contains("connection refused"));
        }
    }

    @Test
    void resetsAConnectionWhosePodIsKilled() throws Exception {
        try (TcpServer server = TcpServer.echoing()) {
            Pod pod = readyPod("ui");
            api.put(pod, server.port());
            start();
            try (Socket socket = connect()) {
                socket.getOutputStream().write(1);
                assertThat(socket.getInputStream().read()).isEqualTo(1);
                api.delete(pod);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void resetsAConnectionWhosePodIsGoneWithoutAWord() throws Exception {
        try (TcpServer server = TcpServer.echoing()) {
            Pod pod = readyPod("ui");
            api.put(pod, server.port());
            start();
            try (Socket socket = connect()) {
                socket.getOutputStream().write(1);
                assertThat(socket.getInputStream().read()).isEqualTo(1);
                api.deleteSilently(pod);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void keepsASlowReplyToAClientThatSendsNoMore() throws Exception {
        CountDownLatch mayReply = new CountDownLatch(1);
        try (TcpServer pod = new TcpServer(socket -> {
            socket.getInputStream().readNBytes(3);
            await(mayReply);
            socket.getOutputStream().write(FakeApiServer.bytes("late reply"));
        })) {
            forwardTo(pod);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(FakeApiServer.bytes("ask"));
                socket.shutdownOutput();
                assertThat(isQuietFor(socket, Duration.ofSeconds(1))).isTrue();
                mayReply.countDown();
                assertThat(text(socket)).isEqualTo("late reply");
            }
        }
    }

    @Test
    void endsATunnelWhosePodStaysSilentAfterTheLastByte() throws Exception {
        try (TcpServer pod =
                new TcpServer(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))) {
            api.put(readyPod("ui"), pod.port());
            start(OPTIONS.withReplySilence(Duration.ofMillis(300)));
            try (Socket socket = connect()) {
                socket.getOutputStream().write(1);
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            eventually("no web socket is left open", () -> api.tunnels() == 0);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsTheTunnelOfAClientThatIsWhollyGoneAtOnce() throws Exception {
        try (TcpServer pod = TcpServer.echoing()) {
            forwardTo(pod);
            Socket socket = connect();
            socket.getOutputStream().write(1);
            socket.getInputStream().read();
            socket.close();
            Eventually.within(Duration.ofSeconds(2), "no web socket is left open", () -> api.tunnels() == 0);
        }
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        start();
        int port = status().localPort();
        assertThat(status().address())
                .isEqualTo(InetAddress.getByName("127.0.0.1").getHostAddress());
        assertThat(ProcNetTcp.rows().stream().filter(row -> row.listens() && row.localPort() == port))
                .hasSizeLessThanOrEqualTo(2);
    }

    void forwardTo(TcpServer pod) {
        api.put(readyPod("ui"), pod.port());
        start();
    }

    private void start() {
        start(OPTIONS);
    }

    private void start(ForwardOptions options) {
        supervisor = ForwardSupervisor.start(client, List.of(spec()), options, events);
    }

    ForwardStatus status() {
        return Objects.requireNonNull(supervisor).snapshot().get(0);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", status().localPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    String readAll() throws IOException {
        try (Socket socket = connect()) {
            return text(socket);
        }
    }

    private String readAllUnchecked() {
        try {
            return readAll();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String text(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    int echo(int number, int rounds) {
        int done = 0;
        try (Socket socket = connect()) {
            for (int round = 0; round < rounds; round++) {
                byte[] line = FakeApiServer.bytes("connection " + number + " round " + round + "\n");
                socket.getOutputStream().write(line);
                done += Arrays.equals(line, socket.getInputStream().readNBytes(line.length)) ? 1 : 0;
            }
        } catch (IOException e) {
            events.connectionFailed("client " + number, e.toString());
        }
        return done;
    }

    private static boolean isQuietFor(Socket socket, Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(20_000);
            return true;
        }
    }

    /** The count once it has not moved for a while. */
    private static long stable(AtomicLong count) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(10));
        long before = -1;
        while (!deadline.passed() && (before != count.get() || before <= 0)) {
            before = count.get();
            deadline.sleep(Duration.ofMillis(400), "waiting in a test");
        }
        return count.get();
    }

    private static void write(Socket socket, byte[] chunk) {
        try {
            socket.getOutputStream().write(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static String send(OutputStream out, int bytes) throws IOException {
        MessageDigest digest = sha256();
        Random random = new Random(7);
        byte[] chunk = new byte[61_441];
        for (int left = bytes; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            int count = Math.min(left, chunk.length);
            out.write(chunk, 0, count);
            digest.update(chunk, 0, count);
        }
        out.flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(InputStream in, int bytes) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[64 * 1024];
        int left = bytes;
        while (left > 0) {
            int count = in.read(chunk, 0, Math.min(left, chunk.length));
            if (count < 0) {
                throw new IOException("ended " + left + " bytes early");
            }
            digest.update(chunk, 0, count);
            left -= count;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
