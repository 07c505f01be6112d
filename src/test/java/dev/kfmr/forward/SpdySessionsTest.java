package dev.kfmr.forward;

import static dev.kfmr.forward.Eventually.eventually;
import static dev.kfmr.forward.KubernetesObjects.readyPod;
import static dev.kfmr.forward.KubernetesObjects.service;
import static dev.kfmr.forward.KubernetesObjects.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SpdySessionsTest {
    private static final int MEBIBYTE = 1024 * 1024;

    private final AtomicInteger connectionsToPod = new AtomicInteger();
    private final FakeApiServer api;
    private final KubernetesClient client;
    private final TcpServer pod;
    private final ForwardSupervisor forwards;

    SpdySessionsTest() throws IOException {
        api = new FakeApiServer();
        api.put(service());
        client = api.client();
        pod = new TcpServer(socket -> {
            connectionsToPod.incrementAndGet();
            socket.getInputStream().transferTo(socket.getOutputStream());
        });
        api.put(readyPod("ui"), pod.port());
        forwards = ForwardSupervisor.start(client, List.of(spec()), ForwardOptions.defaults(), ForwardEvents.silent());
    }

    @BeforeEach
    void connectOnce() throws IOException {
        assertThat(echo()).isEqualTo('x');
        eventually("one more waits for the next connection", () -> api.sessions() == 2);
    }

    @AfterEach
    void stop() throws IOException {
        forwards.close();
        pod.close();
        client.close();
        api.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void carryConnectionsOneAfterTheOther() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(echo()).isEqualTo('x');
            eventually("it is over", () -> forwards.snapshot().get(0).connections() == 0);
        }
        assertThat(api.sessions()).isLessThanOrEqualTo(3);
    }

    @Test
    void connectToThePodOnlyForAConnection() {
        assertThat(connectionsToPod).hasValue(1);
    }

    @Test
    void areNotUsedAgainWhenTheyBrokeWhileTheyWaited() throws IOException {
        api.cutConnections();
        assertThat(echo()).isEqualTo('x');
    }

    @Test
    void areNotUsedAgainWhenTheyDoNotAnswer() throws IOException {
        api.freezeSessions();
        assertThat(echo()).isEqualTo('x');
    }

    @Test
    void resetTheConnectionThatTheyCarryWhenTheyBreak() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');
            api.cutConnections();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void doNotHoldUpOthersWhenAClientDoesNotRead() throws IOException {
        try (Socket lazy = connect()) {
            Thread writer = new Thread(() -> writeUntilReset(lazy));
            writer.start();
            assertThat(echo()).isEqualTo('x');
            assertThat(echo()).isEqualTo('x');
            lazy.close();
        }
    }

    private static void writeUntilReset(Socket socket) {
        try {
            while (true) {
                socket.getOutputStream().write(new byte[MEBIBYTE]);
            }
        } catch (IOException e) {
            // The test closed it.
        }
    }

    private int echo() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", forwards.snapshot().get(0).localPort());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
