package dev.kfmr.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * This machine, as far as preflight looks at it. What cannot be read here, as all of {@code /proc} outside Linux, is
 * empty, and then not judged.
 *
 * @param inotifyInstances {@code fs.inotify.max_user_instances}
 * @param inotifyWatches {@code fs.inotify.max_user_watches}
 * @param takenPorts those of the wanted local ports that something listens on
 * @param proxies proxy variable to its value
 * @param profilesMysqld whether AppArmor confines every program called mysqld
 * @param closedDockerFolder Docker's folder of this user, where the settings in it cannot be read
 * @param routes the machine's IPv4 routes without the default one
 */
public record HostFacts(
        OptionalLong inotifyInstances,
        OptionalLong inotifyWatches,
        Set<Integer> takenPorts,
        Map<String, String> proxies,
        boolean profilesMysqld,
        Optional<Path> closedDockerFolder,
        List<Route> routes) {
    /** The file of Docker's settings in its folder. */
    static final String DOCKER_CONFIG = "config.json";

    public HostFacts {
        takenPorts = Set.copyOf(takenPorts);
        proxies = Map.copyOf(proxies);
        routes = List.copyOf(routes);
    }

    /** Of a machine that could not be looked at. */
    public static HostFacts unknown() {
        return new HostFacts(
                OptionalLong.empty(), OptionalLong.empty(), Set.of(), Map.of(), false, Optional.empty(), List.of());
    }
}
