package dev.kfmr.forward;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import mockwebserver3.SocketHandler;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The node's end of a connection that carries streams, as the kubelet and containerd speak SPDY/3.1: no windows, headers in
 * one zlib stream, and a pod's connection that is closed once its client has ended the stream.
 */
final class SpdyNode implements SocketHandler {
    private static final int CHUNK = 32 * 1024;

    private final String pod;
    private final IntSupplier local;
    private final String error;
    private final Set<NodeEnd> open;
    private final Set<SpdyNode> nodes;
    private final Map<Integer, Pair> pairs = new ConcurrentHashMap<>();
    private final Map<String, Integer> errorStreams = new HashMap<>();
    private final Inflater inflater = new Inflater();
    private final CountDownLatch frozen = new CountDownLatch(1);
    private volatile boolean isFrozen;
    private volatile boolean isLate;
    private volatile okio.@Nullable Socket connection;
    private volatile @Nullable BufferedSink out;

    SpdyNode(String pod, IntSupplier local, String error, Set<NodeEnd> open, Set<SpdyNode> nodes) {
        this.pod = pod;
        this.local = local;
        this.error = error;
        this.open = open;
        this.nodes = nodes;
    }

    void freeze() {
        isFrozen = true;
    }

    /** From now on a stream is answered when its pod has said all and closed. */
    void answerLate() {
        isLate = true;
    }

    void close() {
        frozen.countDown();
        okio.Socket current = connection;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void handle(okio.Socket socket) {
        connection = socket;
        out = Okio.buffer(socket.getSink());
        nodes.add(this);
        try (BufferedSource in = Okio.buffer(socket.getSource())) {
            while (!in.exhausted()) {
                frame(in);
            }
        } catch (IOException | DataFormatException e) {
            // The client is gone.
        } finally {
            nodes.remove(this);
            pairs.values().forEach(Pair::end);
            inflater.end();
            close();
        }
    }

    private void frame(BufferedSource in) throws IOException, DataFormatException {
        int first = in.readInt();
        int second = in.readInt();
        byte[] payload = in.readByteArray(second & SpdyFrames.LONGEST);
        if (isFrozen) {
            await(frozen);
        }
        if (!SpdyFrames.isControl(first)) {
            Pair pair = pairs.get(first);
            if (pair != null) {
                pair.receive(payload, SpdyFrames.ends(second));
            }
        } else if (SpdyFrames.type(first) == SpdyFrames.SYN_STREAM) {
            openStream(new DataInputStream(new ByteArrayInputStream(payload)));
        } else if (SpdyFrames.type(first) == SpdyFrames.RST_STREAM) {
            Pair pair = pairs.remove(new DataInputStream(new ByteArrayInputStream(payload)).readInt());
            if (pair != null) {
                pair.end();
            }
        }
    }

    private void openStream(DataInputStream frame) throws IOException, DataFormatException {
        int stream = frame.readInt();
        frame.skipNBytes(Integer.BYTES + Short.BYTES);
        Map<String, String> headers = headers(frame.readAllBytes());
        String request = Objects.requireNonNull(headers.get("requestid"));
        if ("error".equals(headers.get("streamtype"))) {
            errorStreams.put(request, stream);
        } else {
            Pair pair = new Pair(Objects.requireNonNull(errorStreams.get(request)), stream);
            pairs.put(stream, pair);
            Thread replies = pair.start();
            if (isLate) {
                await(replies);
            }
        }
        control(SpdyFrames.SYN_REPLY, stream);
    }

    private Map<String, String> headers(byte[] compressed) throws IOException, DataFormatException {
        inflater.setInput(compressed);
        byte[] block = new byte[4096];
        int count = inflater.inflate(block);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(block, 0, count));
        Map<String, String> headers = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            headers.put(name, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private synchronized void control(int type, int stream) throws IOException {
        sink().writeInt(0x8003_0000 | type)
                .writeInt(Integer.BYTES)
                .writeInt(stream)
                .flush();
    }

    private synchronized void data(int stream, byte[] bytes, int count, boolean ends) throws IOException {
        sink().writeInt(stream)
                .writeInt(count | (ends ? 1 << 24 : 0))
                .write(bytes, 0, count)
                .flush();
    }

    private BufferedSink sink() throws IOException {
        BufferedSink sink = out;
        if (sink == null) {
            throw new IOException("not open");
        }
        return sink;
    }

    private static void await(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** One connection to the pod. */
    private final class Pair implements NodeEnd {
        private final int errorStream;
        private final int dataStream;
        private final Socket socket = new Socket();

        private Pair(int errorStream, int dataStream) {
            this.errorStream = errorStream;
            this.dataStream = dataStream;
        }

        @Override
        public boolean isOf(String name) {
            return pod.equals(name);
        }

        @Override
        public void cut() {
            finish("lost connection to pod");
        }

        private Thread start() {
            open.add(this);
            Thread thread = new Thread(this::sendReplies, "spdy-node");
            thread.setDaemon(true);
            try {
                // Port 0 is of a pod that is gone, and refuses.
                if (error.isEmpty()) {
                    socket.connect(new InetSocketAddress("127.0.0.1", local.getAsInt()));
                }
            } catch (IOException e) {
                end();
            }
            thread.start();
            return thread;
        }

        private void sendReplies() {
            if (!error.isEmpty() || socket.isClosed()) {
                finish(error.isEmpty() ? "connection refused inside namespace" : error);
                return;
            }
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = socket.getInputStream();
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    data(dataStream, chunk, count, false);
                }
            } catch (IOException e) {
                // The pod closed, or we did.
            }
            finish("");
        }

        private void receive(byte[] bytes, boolean ends) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // What is sent to a pod that closed is dropped.
            }
            if (ends) {
                end();
            }
        }

        private void finish(String text) {
            end();
            try {
                if (pairs.remove(dataStream) != null) {
                    byte[] said = FakeApiServer.bytes(text);
                    data(errorStream, said, said.length, false);
                    data(errorStream, said, 0, true);
                    data(dataStream, said, 0, true);
                }
            } catch (IOException e) {
                // The client is gone.
            }
        }

        private void end() {
            open.remove(this);
            Sockets.close(socket);
        }
    }
}
