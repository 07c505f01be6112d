package dev.kfmr.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on which the first connections break in the middle of the answer. */
final class BreakingRelay implements AutoCloseable {
    private static final int BYTES_BEFORE_THE_BREAK = 300;

    private final URI target;
    private final int broken;
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;

    BreakingRelay(URI target, int broken) throws IOException {
        this.target = target;
        this.broken = broken;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = server.accept();
                start(() -> relay(client));
            }
        });
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + target.getPath());
    }

    int connections() {
        return connections.get();
    }

    private void relay(Socket client) throws IOException {
        boolean breaks = connections.incrementAndGet() <= broken;
        try (client;
                Socket upstream = new Socket(target.getHost(), target.getPort())) {
            start(() -> client.getInputStream().transferTo(upstream.getOutputStream()));
            InputStream answer = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            if (breaks) {
                out.write(answer.readNBytes(BYTES_BEFORE_THE_BREAK));
            } else {
                answer.transferTo(out);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // An end is gone; the other one goes as well.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
