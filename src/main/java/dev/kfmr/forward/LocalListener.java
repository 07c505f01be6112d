package dev.kfmr.forward;

import dev.kfmr.forward.PortBinder.BoundPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Accepts TCP connections on one address, and hands each on. */
final class LocalListener implements BoundPort {
    private static final int BACKLOG = 256;

    private final ServerSocket server;
    private final Consumer<Socket> onConnection;

    private LocalListener(ServerSocket server, Consumer<Socket> onConnection) {
        this.server = server;
        this.onConnection = onConnection;
    }

    /** @param onConnection must return at once; the socket is its own from then on */
    static PortBinder accepting(Consumer<Socket> onConnection) {
        return address -> open(address, onConnection);
    }

    private static LocalListener open(InetSocketAddress address, Consumer<Socket> onConnection) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(address, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        LocalListener listener = new LocalListener(server, onConnection);
        Thread thread = new Thread(listener::accept, "kfmr-accept-" + server.getLocalPort());
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                onConnection.accept(socket);
            } catch (IOException e) {
                // Closed by us, or the client left between its connect and our accept.
            }
        }
    }

    @Override
    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // Closed is what we wanted.
        }
    }
}
