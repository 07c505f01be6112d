package dev.kfmr.install;

import dev.kfmr.profile.Pins;
import dev.kfmr.profile.ToolPin;
import dev.kfmr.tools.Downloads;
import dev.kfmr.tools.ToolFinder;
import java.nio.file.Path;
import java.util.Optional;

/** The programs that kfmr runs, at the versions that a release set pins. */
public final class Tools {
    private final ToolFinder finder;

    public Tools(Surroundings surroundings) {
        Downloads downloads = surroundings
                .caFile()
                .map(file -> new Downloads(surroundings.environment(), file, surroundings.progress()))
                .orElseGet(() -> new Downloads(surroundings.environment(), surroundings.progress()));
        this.finder = new ToolFinder(
                surroundings.environment(), surroundings.directories().cache(), downloads);
    }

    Path kind(Pins pins) {
        return find(pins, "kind");
    }

    public Path kustomize(Pins pins) {
        return find(pins, "kustomize");
    }

    private Path find(Pins pins, String name) {
        ToolPin pin = Optional.ofNullable(pins.tools().get(name))
                .orElseThrow(() -> new IllegalStateException("release set " + pins.release() + " pins no " + name));
        return finder.find(pin);
    }
}
