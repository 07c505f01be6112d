package dev.kfmr.install;

import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.Gate;
import dev.kfmr.profile.PinnedPath;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Components for tests, without a profile around them. */
final class Components {
    private Components() {}

    static Rendered.Component named(String name, String... after) {
        return component(name, List.of(after), List.of(), Map.of(), "");
    }

    /** @param yaml its objects */
    static Rendered.Component component(
            String name, List<String> after, List<Gate> gates, Map<String, List<String>> startsAfter, String yaml) {
        ComponentSpec spec =
                new ComponentSpec(name, name, name, Optional.empty(), "", after, false, true, gates, startsAfter);
        return new Rendered.Component(
                new PlannedComponent(spec, new PinnedPath("source", name, "test:1"), List.of()), manifests(yaml));
    }

    static List<Manifest> manifests(String yaml) {
        return yaml.isEmpty()
                ? List.of()
                : YamlDocuments.parse(yaml, "test").stream().map(Manifest::of).toList();
    }
}
