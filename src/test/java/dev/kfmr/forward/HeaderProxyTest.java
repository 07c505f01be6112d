package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.forward.PortBinder.BoundPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Speaks HTTP by hand on both sides, so that what the proxy really sends is seen. */
class HeaderProxyTest {
    private static final Map<String, String> HEADERS = Map.of("kubeflow-userid", "user@example.com");

    private final List<String> heads = new CopyOnWriteArrayList<>();

    @Test
    void addsTheHeaderToEachRequestOfAKeptConnection() throws IOException {
        try (TcpServer server = new TcpServer(this::answerAll);
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            for (String path : List.of("/one", "/two", "/three")) {
                send(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost:8084\r\n\r\n");
                assertThat(response(socket)).isEqualTo("HTTP/1.1 200 OK hello");
            }
            assertThat(heads).hasSize(3).allSatisfy(head -> assertThat(head)
                    .contains("kubeflow-userid: user@example.com"));
            assertThat(heads.get(2)).startsWith("GET /three HTTP/1.1\n");
        }
    }

    @Test
    void keepsTheHostThatTheBrowserNamed() throws IOException {
        try (TcpServer server = new TcpServer(this::answerAll);
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            send(socket, "GET / HTTP/1.1\r\nHost: localhost:8084\r\n\r\n");
            response(socket);
            assertThat(heads.get(0)).containsIgnoringCase("host: localhost:8084\n");
        }
    }

    @Test
    void replacesAHeaderThatTheClientMadeUp() throws IOException {
        try (TcpServer server = new TcpServer(this::answerAll);
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\nKubeflow-Userid: mallory@example.com\r\n\r\n");
            response(socket);
            assertThat(heads.get(0)).contains("user@example.com").doesNotContain("mallory");
        }
    }

    @Test
    void carriesAChunkedRequest() throws IOException {
        try (TcpServer server = new TcpServer(this::echoChunks);
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            send(
                    socket,
                    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
            assertThat(response(socket)).isEqualTo("HTTP/1.1 200 OK hello world");
            assertThat(heads.get(0)).containsIgnoringCase("transfer-encoding: chunked");
        }
    }

    @Test
    void passesEachChunkOnWithoutWaitingForTheNext() throws IOException {
        CountDownLatch seen = new CountDownLatch(1);
        try (TcpServer server = new TcpServer(socket -> {
                    head(socket.getInputStream());
                    send(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nfirst\n\r\n");
                    await(seen);
                    send(socket, "7\r\nsecond\n\r\n0\r\n\r\n");
                });
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            send(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(reader.lines().takeWhile(line -> !line.equals("first")).toList())
                    .contains("HTTP/1.1 200 OK");
            seen.countDown();
            assertThat(reader.lines().takeWhile(line -> !line.equals("0")).toList())
                    .contains("second");
        }
    }

    @Test
    void carriesWebSocketsAfterTheUpgrade() throws IOException {
        try (TcpServer server = new TcpServer(socket -> {
                    heads.add(head(socket.getInputStream()));
                    send(
                            socket,
                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                    socket.getInputStream().transferTo(socket.getOutputStream());
                });
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            send(
                    socket,
                    "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
            assertThat(heads.get(0)).contains("kubeflow-userid: user@example.com");
            byte[] frames = new byte[100_000];
            new Random(1).nextBytes(frames);
            socket.getOutputStream().write(frames);
            assertThat(Arrays.equals(socket.getInputStream().readNBytes(frames.length), frames))
                    .isTrue();
        }
    }

    @Test
    void letsTheServerDecideWhetherTheBodyMayCome() throws IOException {
        try (TcpServer server = new TcpServer(socket -> {
                    head(socket.getInputStream());
                    send(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                    String body = new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8);
                    send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
                });
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            send(socket, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 100");
            send(socket, "hello");
            assertThat(response(socket)).isEqualTo("HTTP/1.1 200 OK hello");
        }
    }

    @Test
    void carriesAModelOfTwentyMebibytes() throws IOException {
        int size = 20 * 1024 * 1024;
        try (TcpServer server = new TcpServer(socket -> {
                    head(socket.getInputStream());
                    long sum = 0;
                    for (byte b : socket.getInputStream().readNBytes(size)) {
                        sum = sum * 31 + b;
                    }
                    String answer = String.valueOf(sum);
                    send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n" + answer);
                });
                BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            byte[] model = new byte[size];
            new Random(2).nextBytes(model);
            long sum = 0;
            for (byte b : model) {
                sum = sum * 31 + b;
            }
            send(socket, "PUT /model HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
            socket.getOutputStream().write(model);
            assertThat(response(socket)).isEqualTo("HTTP/1.1 200 OK " + sum);
        }
    }

    @Test
    void answersWithAGatewayErrorWhenNobodyIsThere() throws IOException {
        TcpServer server = new TcpServer(this::answerAll);
        server.close();
        try (BoundPort proxy = proxy(server);
                Socket socket = connect(proxy)) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 503");
        }
    }

    private static BoundPort proxy(TcpServer server) throws IOException {
        return HeaderProxy.adding(HEADERS, server.port()).bind(new InetSocketAddress("127.0.0.1", 0));
    }

    private static Socket connect(BoundPort proxy) throws IOException {
        Socket socket = new Socket("127.0.0.1", proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private void answerAll(Socket socket) throws IOException {
        for (String head = head(socket.getInputStream()); !head.isEmpty(); head = head(socket.getInputStream())) {
            heads.add(head);
            send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        }
    }

    private void echoChunks(Socket socket) throws IOException {
        heads.add(head(socket.getInputStream()));
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(socket); size > 0; size = chunkSize(socket)) {
            body.append(new String(socket.getInputStream().readNBytes(size), StandardCharsets.UTF_8));
            line(socket.getInputStream());
        }
        send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static int chunkSize(Socket socket) throws IOException {
        return Integer.parseInt(line(socket.getInputStream()).strip(), 16);
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Status line and body of a response with a content length. */
    private static String response(Socket socket) throws IOException {
        String head = head(socket.getInputStream());
        int length = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        String body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
        return head.lines().findFirst().orElse("") + " " + body;
    }

    /** The lines up to the empty one; empty at the end of the stream. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty() && !line.equals("\r"); line = line(in)) {
            head.append(line.strip()).append('\n');
        }
        return head.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
