package dev.kfmr.profile;

import dev.kfmr.core.InOrder;
import java.util.List;
import java.util.Map;

/**
 * A release set: exactly what upstream released, where it keeps its parts, and what is known to be wrong with it.
 *
 * @param release its name, such as {@code 26.03}
 * @param sources by name
 * @param paths by path key
 * @param nodeImage kind node image, by digest
 * @param patches what mends this release; a patch whose target is gone is an error
 * @param services forward name to the service that it goes to in this release, where the profile's is not the one
 * @param clients Python package to the version that fits this release
 * @param knownAbsent path key to the sentence that says why this release does not have it and which does
 */
public record Pins(
        String release,
        String title,
        Map<String, Source> sources,
        Map<String, PinnedPath> paths,
        List<RemoteBase> remoteBases,
        String nodeImage,
        Map<String, ToolPin> tools,
        List<Patch> patches,
        List<FallbackImages> fallbacks,
        Map<String, String> services,
        Map<String, String> clients,
        Map<String, String> knownAbsent,
        List<String> notes) {
    public Pins {
        sources = InOrder.copyOf(sources);
        paths = InOrder.copyOf(paths);
        remoteBases = List.copyOf(remoteBases);
        tools = InOrder.copyOf(tools);
        patches = List.copyOf(patches);
        fallbacks = List.copyOf(fallbacks);
        services = InOrder.copyOf(services);
        clients = InOrder.copyOf(clients);
        knownAbsent = InOrder.copyOf(knownAbsent);
        notes = List.copyOf(notes);
    }
}
