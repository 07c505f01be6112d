package dev.kfmr.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@link HostFacts}: the one place that looks at {@code /proc}, {@code /sys}, local ports and Docker's settings of the user. */
public final class HostReader {
    private static final List<String> PROXY_VARIABLES =
            List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy");

    private final Path root;

    /** Of this machine. */
    public HostReader() {
        this(Path.of("/"));
    }

    /** @param root what holds {@code proc} and {@code sys} */
    HostReader(Path root) {
        this.root = root;
    }

    /** @param wantedPorts local ports that the installation will be reached on */
    public HostFacts read(Map<String, String> environment, Collection<Integer> wantedPorts) {
        return new HostFacts(
                number("proc/sys/fs/inotify/max_user_instances"),
                number("proc/sys/fs/inotify/max_user_watches"),
                taken(wantedPorts),
                proxies(environment),
                text("sys/kernel/security/apparmor/profiles").orElse("").contains("mysqld"),
                closedDockerFolder(environment),
                routes(text("proc/net/route").orElse("")));
    }

    private OptionalLong number(String file) {
        return text(file)
                .map(String::strip)
                .filter(value -> value.matches("\\d{1,18}"))
                .map(value -> OptionalLong.of(Long.parseLong(value)))
                .orElse(OptionalLong.empty());
    }

    private Optional<String> text(String file) {
        // A file of /proc/sys gives its value to the first read only, and Files.readString first reads a single byte.
        try (BufferedReader reader = Files.newBufferedReader(root.resolve(file))) {
            return Optional.of(reader.lines().collect(Collectors.joining("\n")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Set<Integer> taken(Collection<Integer> ports) {
        Set<Integer> taken = new HashSet<>();
        for (int port : ports) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                taken.add(port);
            }
        }
        return taken;
    }

    private static Map<String, String> proxies(Map<String, String> environment) {
        return PROXY_VARIABLES.stream()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .collect(Collectors.toMap(name -> name, environment::get));
    }

    private static Optional<Path> closedDockerFolder(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path folder = Optional.ofNullable(environment.get("DOCKER_CONFIG"))
                .filter(set -> !set.isEmpty())
                .map(Path::of)
                .orElse(home.resolve(".docker"));
        Path file = folder.resolve(HostFacts.DOCKER_CONFIG);
        boolean isFolderClosed = Files.isDirectory(folder) && !Files.isExecutable(folder);
        return isFolderClosed || (Files.exists(file) && !Files.isReadable(file))
                ? Optional.of(folder)
                : Optional.empty();
    }

    /** The kernel's table: interface, destination and, as eighth field, mask, both in hexadecimal, lowest byte first. */
    private static List<Route> routes(String table) {
        return table.lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 7)
                .flatMap(HostReader::route)
                .toList();
    }

    private static Stream<Route> route(String[] fields) {
        int address = Integer.reverseBytes(Integer.parseUnsignedInt(fields[1], 16));
        int mask = Integer.reverseBytes(Integer.parseUnsignedInt(fields[7], 16));
        boolean isDefault = mask == 0;
        return isDefault ? Stream.empty() : Stream.of(new Route(fields[0], address, Integer.bitCount(mask)));
    }
}
