package dev.kfmr.plan;

import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.Patch;
import dev.kfmr.profile.PinnedPath;
import java.util.List;

/**
 * A component of this release, with what is changed about it.
 *
 * @param at where its kustomization lies
 * @param patches those of profile and release that name it, in that order
 */
public record PlannedComponent(ComponentSpec spec, PinnedPath at, List<Patch> patches) {
    public PlannedComponent {
        patches = List.copyOf(patches);
    }

    public String name() {
        return spec.name();
    }
}
