package dev.kfmr.forward;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The node's end of a port-forward web socket, as the kubelet speaks it. */
final class PodBridge extends WebSocketListener implements NodeEnd {
    private static final int CHUNK = 32 * 1024;
    private static final byte DATA = 0;
    private static final byte ERROR = 1;

    private final String pod;
    private final int port;
    private final String error;
    private final Set<NodeEnd> open;
    private final int local;
    private final Socket socket = new Socket();
    private volatile @Nullable WebSocket webSocket;

    PodBridge(String pod, int port, int local, String error, Set<NodeEnd> open) {
        this.pod = pod;
        this.port = port;
        this.local = local;
        this.error = error;
        this.open = open;
    }

    @Override
    public boolean isOf(String name) {
        return pod.equals(name);
    }

    @Override
    public void cut() {
        WebSocket current = webSocket;
        if (current != null) {
            current.send(message(ERROR, FakeApiServer.bytes("lost connection to pod")));
            current.close(1000, "");
        }
        end();
    }

    @Override
    public void onOpen(WebSocket opened, Response response) {
        webSocket = opened;
        open.add(this);
        opened.send(message(DATA, portBytes()));
        opened.send(message(ERROR, portBytes()));
        if (!error.isEmpty()) {
            opened.send(message(ERROR, FakeApiServer.bytes(error)));
            opened.close(1000, "");
            return;
        }
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", local));
            Thread reader = new Thread(() -> sendReplies(opened), "pod-bridge");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            opened.send(message(ERROR, FakeApiServer.bytes("connection refused inside namespace")));
            opened.close(1000, "");
        }
    }

    private void sendReplies(WebSocket opened) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                while (opened.queueSize() > CHUNK && open.contains(this)) {
                    LockSupport.parkNanos(100_000);
                }
                opened.send(message(DATA, Arrays.copyOf(chunk, count)));
            }
            opened.close(1000, "");
        } catch (IOException e) {
            opened.close(1000, "");
        }
    }

    @Override
    public void onMessage(WebSocket sender, ByteString bytes) {
        try {
            socket.getOutputStream().write(bytes.substring(1).toByteArray());
        } catch (IOException e) {
            sender.close(1000, "");
        }
    }

    @Override
    public void onClosing(WebSocket sender, int code, String reason) {
        sender.close(code, reason);
        end();
    }

    @Override
    public void onClosed(WebSocket sender, int code, String reason) {
        end();
    }

    @Override
    public void onFailure(WebSocket sender, Throwable cause, @Nullable Response response) {
        end();
    }

    private void end() {
        open.remove(this);
        Sockets.close(socket);
    }

    private byte[] portBytes() {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) port)
                .array();
    }

    private static ByteString message(byte channel, byte[] payload) {
        return ByteString.of(ByteBuffer.allocate(payload.length + 1)
                .put(channel)
                .put(payload)
                .flip());
    }
}
