package dev.kfmr.forward;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Something that can listen on a port: plain TCP, or an HTTP proxy. */
interface PortBinder {
    /** Listens at once, or fails with what the system said. */
    BoundPort bind(InetSocketAddress address) throws IOException;

    /** An open port, until it is closed. */
    interface BoundPort extends AutoCloseable {
        int port();

        @Override
        void close();
    }
}
