package dev.kfmr.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A TCP server of this machine that plays a pod: one thread for each connection. */
final class TcpServer implements AutoCloseable {
    private final ServerSocket server;

    /** What it does with a connection, which is closed afterwards. */
    interface Talk {
        void with(Socket socket) throws IOException;
    }

    TcpServer(Talk talk) throws IOException {
        server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        daemon(() -> accept(talk));
    }

    static TcpServer echoing() throws IOException {
        return new TcpServer(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
    }

    /** Says one thing and closes. */
    static TcpServer saying(String text) throws IOException {
        return new TcpServer(socket -> socket.getOutputStream().write(FakeApiServer.bytes(text)));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(Talk talk) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(talk, socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private static void serve(Talk talk, Socket socket) {
        try (socket) {
            talk.with(socket);
        } catch (IOException e) {
            // The other end left.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tcp-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
