package dev.kfmr.forward;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;

/**
 * Tells a client that closed its connection from one that only sends no more: to TCP both look the same, but a client on
 * this machine has its end in the kernel's table, and an end that no program holds any more has inode 0.
 */
final class LoopbackPeer {
    private LoopbackPeer() {}

    /** False when it cannot be known: another system than Linux, or another machine. */
    static boolean isGone(Socket socket) {
        SocketAddress remote = socket.getRemoteSocketAddress();
        if (!(remote instanceof InetSocketAddress peer) || !peer.getAddress().isLoopbackAddress()) {
            return false;
        }
        List<ProcNetTcp.Row> ends = ProcNetTcp.rows().stream()
                .filter(row -> row.localPort() == peer.getPort() && row.remotePort() == socket.getLocalPort())
                .toList();
        return ends.size() == 1 && ends.get(0).isOrphan();
    }
}
