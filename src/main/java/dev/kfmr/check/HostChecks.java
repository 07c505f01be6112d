package dev.kfmr.check;

import dev.kfmr.engine.EngineKind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at this machine. What the engine's own machine decides is looked at only where they are the same. */
final class HostChecks {
    private final CheckCatalogue catalogue;
    private final HostFacts host;

    HostChecks(CheckCatalogue catalogue, HostFacts host) {
        this.catalogue = catalogue;
        this.host = host;
    }

    Stream<Finding> withEngine(PreflightInput input) {
        Stream<Finding> ofTheKernel = input.engine().onThisMachine()
                ? Stream.concat(ofTheKernel(), networkOverlap(input).stream())
                : Stream.empty();
        Stream<Finding> ofTheUser = input.engine().kind() == EngineKind.DOCKER ? dockerConfig() : Stream.empty();
        return Stream.of(ofTheKernel, ports(input.wantedPorts()), proxies(), ofTheUser)
                .flatMap(stream -> stream);
    }

    /** @param isEngineHere whether an engine that answers would share this machine's kernel */
    Stream<Finding> withoutEngine(boolean isEngineHere) {
        return Stream.of(isEngineHere ? ofTheKernel() : Stream.<Finding>empty(), proxies(), dockerConfig())
                .flatMap(stream -> stream);
    }

    private Stream<Finding> ofTheKernel() {
        return Stream.of(inotify(), mysqldProfile()).flatMap(Optional::stream);
    }

    private Optional<Finding> inotify() {
        return InotifyLimits.of(host).filter(limits -> !limits.areEnough()).map(limits -> {
            InotifyLimits enough = limits.enough();
            return catalogue
                    .get("host.inotify")
                    .found(
                            limits.areHopeless() ? Severity.FAILURE : Severity.WARNING,
                            Map.of(
                                    "instances", String.valueOf(limits.instances()),
                                    "watches", String.valueOf(limits.watches()),
                                    "enoughInstances", String.valueOf(enough.instances()),
                                    "enoughWatches", String.valueOf(enough.watches())));
        });
    }

    private Optional<Finding> mysqldProfile() {
        return host.profilesMysqld()
                ? Optional.of(catalogue.get("host.apparmor-mysqld").found(Map.of()))
                : Optional.empty();
    }

    /** Another network than a container engine's own that shares addresses with that of kind. */
    private Optional<Finding> networkOverlap(PreflightInput input) {
        return input.kindSubnets().stream()
                .flatMap(subnet -> Route.of("kind", subnet).stream())
                .flatMap(subnet -> host.routes().stream()
                        .filter(route -> !isOfContainers(route) && route.overlaps(subnet))
                        .map(route -> catalogue
                                .get("host.network-overlap")
                                .found(Map.of(
                                        "subnet", subnet.cidr(),
                                        "route", route.cidr(),
                                        "interface", route.networkInterface(),
                                        "program", input.engine().kind().program()))))
                .findFirst();
    }

    private static boolean isOfContainers(Route route) {
        return Stream.of("br-", "docker", "podman", "cni", "veth").anyMatch(route.networkInterface()::startsWith);
    }

    private Stream<Finding> ports(Map<Integer, String> wantedPorts) {
        return wantedPorts.entrySet().stream()
                .filter(wanted -> host.takenPorts().contains(wanted.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(wanted -> catalogue
                        .get("host.ports")
                        .found(Map.of(
                                "port",
                                String.valueOf(wanted.getKey()),
                                "forward",
                                wanted.getValue(),
                                "owner",
                                "something")));
    }

    private Stream<Finding> dockerConfig() {
        return host.closedDockerFolder().stream().map(folder -> catalogue
                .get("host.docker-config")
                .found(Map.of(
                        "folder",
                        folder.toString(),
                        "file",
                        folder.resolve(HostFacts.DOCKER_CONFIG).toString())));
    }

    private Stream<Finding> proxies() {
        return host.proxies().entrySet().stream()
                .filter(proxy -> isLoopback(proxy.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .limit(1)
                .map(proxy -> catalogue
                        .get("host.proxy")
                        .found(Map.of("variable", proxy.getKey(), "value", withoutPassword(proxy.getValue()))));
    }

    /** {@code http://user:secret@127.0.0.1:3128}, {@code localhost:3128}. */
    private static boolean isLoopback(String proxy) {
        return proxy.matches("(?i)([a-z0-9]+://)?([^@/]*@)?(localhost|127\\.[0-9.]+|\\[::1])(:\\d+)?/?");
    }

    private static String withoutPassword(String proxy) {
        return proxy.replaceFirst("(?<=^|//)[^@/]*@", "");
    }
}
