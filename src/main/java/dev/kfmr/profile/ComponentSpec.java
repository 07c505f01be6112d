package dev.kfmr.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One part of an installation: what upstream, or a directory of the user's, keeps under one kustomize path.
 *
 * @param path key into the release's paths: paths move between releases, so they are the release's data; a folder of
 *     {@code directory} where there is one
 * @param directory on this machine, in place of a source of the release; absolute
 * @param namespace kustomize's {@code namespace} for all its objects; empty keeps upstream's
 * @param after components whose objects must have been applied, and whose gates must hold, before this one is applied
 * @param optional left out, with a note, where a release does not have its path; {@code --without} may drop it
 * @param enabled false for what only {@code --with} brings
 * @param gates what must hold before those behind it go on
 * @param startsAfter workload to the workloads that it needs to come up: a pod that crashed before they were ready is
 *     replaced once they are, since waiting out its back-off would cost 10 to 40 seconds
 */
public record ComponentSpec(
        String name,
        String title,
        String path,
        Optional<Path> directory,
        String namespace,
        List<String> after,
        boolean optional,
        boolean enabled,
        List<Gate> gates,
        Map<String, List<String>> startsAfter) {
    public ComponentSpec {
        after = List.copyOf(after);
        gates = List.copyOf(gates);
        startsAfter = Map.copyOf(startsAfter);
    }
}
