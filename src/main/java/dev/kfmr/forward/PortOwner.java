package dev.kfmr.forward;

import dev.kfmr.core.Command;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The program that listens on a port of this machine.
 *
 * @param command its name, such as {@code python3}
 * @param ours whether it is kfmr, this process or another
 */
public record PortOwner(long pid, String command, boolean ours) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration LSOF_LIMIT = Duration.ofSeconds(5);
    private static final String OUR_MAIN = "dev.kfmr.Main";

    /** Empty when nobody listens, or when this user may not know who does. */
    public static Optional<PortOwner> find(int port) {
        return Files.isDirectory(PROCESSES) ? fromProc(port) : fromLsof(port);
    }

    /** For people: {@code python3 (pid 4711)}. */
    public String text() {
        return (ours ? "another kfmr" : command) + " (pid " + pid + ")";
    }

    private static Optional<PortOwner> fromProc(int port) {
        Set<String> sockets = ProcNetTcp.rows().stream()
                .filter(row -> row.listens() && row.localPort() == port)
                .map(row -> "socket:[" + row.inode() + "]")
                .collect(Collectors.toSet());
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    return Optional.of(of(Long.parseLong(process.getFileName().toString())));
                }
            }
        } catch (IOException e) {
            // Then nobody is named.
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(target(file))) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Another user's process, or one that ended meanwhile.
        }
        return false;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<PortOwner> fromLsof(int port) {
        Command.Result result = Command.of("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                .withLimit(LSOF_LIMIT)
                .run();
        return result.output()
                .lines()
                .findFirst()
                .filter(line -> line.matches("\\d+"))
                .map(pid -> of(Long.parseLong(pid)));
    }

    private static PortOwner of(long pid) {
        Optional<ProcessHandle.Info> info = ProcessHandle.of(pid).map(ProcessHandle::info);
        String command = info.flatMap(ProcessHandle.Info::command)
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .orElse("a program");
        boolean ours = pid == ProcessHandle.current().pid()
                || info.flatMap(ProcessHandle.Info::commandLine).orElse("").contains(OUR_MAIN);
        return new PortOwner(pid, command, ours);
    }
}
