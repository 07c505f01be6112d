package dev.kfmr.forward;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;

/**
 * Tells clients that closed their connection from those that only send no more: to TCP both look the same, but a client on
 * this machine has its end in the kernel's table, and an end that no program holds any more has inode 0.
 *
 * <p>To write the table, the kernel walks over all its buckets, which takes milliseconds: so all that ask within a short
 * time share one.
 */
final class LoopbackPeers {
    private List<String> table = List.of();
    private long readNanos = System.nanoTime();

    /**
     * False when it cannot be known: another system than Linux, or another machine.
     *
     * @param sinceNanos a table that was read later than this is young enough
     */
    boolean isGone(Socket socket, long sinceNanos) {
        SocketAddress remote = socket.getRemoteSocketAddress();
        if (!(remote instanceof InetSocketAddress peer) || !peer.getAddress().isLoopbackAddress()) {
            return false;
        }
        List<ProcNetTcp.Row> ends = ProcNetTcp.rowsOfPort(table(sinceNanos), peer.getPort()).stream()
                .filter(row -> row.localPort() == peer.getPort() && row.remotePort() == socket.getLocalPort())
                .toList();
        return ends.size() == 1 && ends.get(0).isOrphan();
    }

    private synchronized List<String> table(long sinceNanos) {
        if (readNanos - sinceNanos <= 0) {
            readNanos = System.nanoTime();
            table = ProcNetTcp.table();
        }
        return table;
    }
}
