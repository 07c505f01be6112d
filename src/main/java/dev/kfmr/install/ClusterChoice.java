package dev.kfmr.install;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The cluster: one that is there, or how it is to be made.
 *
 * @param context of the user's kubeconfig: a cluster that is there; the rest is of no account then
 * @param registryMirror through which the nodes pull every image
 * @param nodeImage instead of the release set's
 * @param kindConfig the user's own kind configuration, merged in
 * @param retain keep a cluster whose creation failed
 * @param setContext make it kubectl's current context
 */
public record ClusterChoice(
        Optional<String> context,
        Optional<URI> registryMirror,
        Optional<String> nodeImage,
        Optional<Path> kindConfig,
        int nodes,
        boolean retain,
        boolean setContext) {}
