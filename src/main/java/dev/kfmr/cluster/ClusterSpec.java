package dev.kfmr.cluster;

import dev.kfmr.profile.Profile.ApiServerArgument;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster that is wanted.
 *
 * @param nodeImage kind node image
 * @param nodes how many, the control plane included; a kind configuration that lists nodes decides instead
 * @param registryMirror registry that is asked first for every image of every registry
 * @param kindConfig the user's own kind configuration, which kfmr's settings are added to
 * @param proxies {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code NO_PROXY} for the nodes; empty without a proxy
 * @param caFile certificates, as PEM, that the nodes are to trust as well
 * @param retain whether a failed creation is left as it is, to be looked at
 */
public record ClusterSpec(
        String name,
        String nodeImage,
        int nodes,
        Optional<URI> registryMirror,
        List<ApiServerArgument> apiServer,
        Optional<Path> kindConfig,
        Map<String, String> proxies,
        Optional<Path> caFile,
        boolean retain) {
    public ClusterSpec {
        if (nodes < 1) {
            throw new IllegalArgumentException("A cluster has at least one node, not " + nodes);
        }
        apiServer = List.copyOf(apiServer);
        proxies = Map.copyOf(proxies);
    }

    /** One node, and nothing special about it. */
    public static ClusterSpec of(String name, String nodeImage) {
        return new ClusterSpec(
                name, nodeImage, 1, Optional.empty(), List.of(), Optional.empty(), Map.of(), Optional.empty(), false);
    }

    /** The proxies, without one for the mirror: who names a mirror wants it asked directly. */
    Map<String, String> nodeEnvironment() {
        if (proxies.isEmpty() || registryMirror.isEmpty()) {
            return proxies;
        }
        Map<String, String> all = new LinkedHashMap<>(proxies);
        String mirror = new RegistryMirror(registryMirror.get()).host();
        all.merge("NO_PROXY", mirror, (own, added) -> own.isEmpty() ? added : own + "," + added);
        return all;
    }

    public ClusterSpec withRegistryMirror(URI mirror) {
        return new ClusterSpec(
                name, nodeImage, nodes, Optional.of(mirror), apiServer, kindConfig, proxies, caFile, retain);
    }

    public ClusterSpec withApiServer(List<ApiServerArgument> arguments) {
        return new ClusterSpec(name, nodeImage, nodes, registryMirror, arguments, kindConfig, proxies, caFile, retain);
    }
}
