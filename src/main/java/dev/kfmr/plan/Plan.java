package dev.kfmr.plan;

import dev.kfmr.profile.Pins;
import dev.kfmr.profile.Profile;
import dev.kfmr.profile.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What will be installed.
 *
 * @param components each after all that it comes after
 * @param leftOut component name to the reason why this plan is without it
 * @param images chosen replacements of images that crash, from image to image; empty in a fresh environment
 */
public record Plan(
        Profile profile,
        Pins pins,
        List<PlannedComponent> components,
        Map<String, String> leftOut,
        Map<String, String> images) {
    public Plan {
        components = List.copyOf(components);
        leftOut = Map.copyOf(leftOut);
        images = Map.copyOf(images);
    }

    /** The sources that these components read, those behind remote bases included. */
    public List<Source> sources() {
        Set<String> names = components.stream().map(c -> c.at().source()).collect(Collectors.toSet());
        pins.remoteBases().forEach(base -> names.add(base.source()));
        return names.stream().sorted().map(name -> pins.sources().get(name)).toList();
    }

    public boolean has(String component) {
        return components.stream().anyMatch(c -> c.name().equals(component));
    }
}
