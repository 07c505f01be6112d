package dev.kfmr.forward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Linux's table of TCP sockets. Empty on other systems. */
final class ProcNetTcp {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEX = 16;

    private static final int FIN_WAIT_1 = 4;
    private static final int FIN_WAIT_2 = 5;
    private static final int LISTEN = 10;

    private ProcNetTcp() {}

    /** One socket. Inode 0: no program holds it. */
    record Row(int localPort, int remotePort, int state, long inode) {
        boolean listens() {
            return state == LISTEN;
        }

        /** Closed by its program, and not yet by the other end. */
        boolean isOrphan() {
            return inode == 0 && (state == FIN_WAIT_1 || state == FIN_WAIT_2);
        }
    }

    static List<Row> rows() {
        return table().stream().flatMap(line -> parse(line).stream()).toList();
    }

    /** All lines, as the kernel writes them. */
    static List<String> table() {
        return TABLES.stream().flatMap(ProcNetTcp::lines).toList();
    }

    /** Those that have this port on either side: most lines are not worth parsing. */
    static List<Row> rowsOfPort(List<String> table, int port) {
        String hex = String.format(":%04X ", port);
        return table.stream()
                .filter(line -> line.contains(hex))
                .flatMap(line -> parse(line).stream())
                .toList();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.exists(table) ? Files.readAllLines(table).stream() : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** {@code 0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 12345 …} */
    static Optional<Row> parse(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length <= INODE || !words[0].endsWith(":")) {
            return Optional.empty();
        }
        return Optional.of(new Row(
                port(words[LOCAL]),
                port(words[REMOTE]),
                Integer.parseInt(words[STATE], HEX),
                Long.parseLong(words[INODE])));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEX);
    }
}
