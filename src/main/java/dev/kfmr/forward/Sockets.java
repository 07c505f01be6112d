package dev.kfmr.forward;

import java.io.IOException;
import java.net.Socket;

/** Ends of TCP connections whose other end may be gone already: then there is nothing left to do. */
final class Sockets {
    private Sockets() {}

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what we wanted.
        }
    }

    /** The other end sees an error instead of an orderly end. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        close(socket);
    }

    /** The other end reads what was sent, then an orderly end. */
    static void shutdownOutput(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
