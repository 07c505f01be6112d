package dev.kfmr.install;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.fetch.ImageVerifier;
import dev.kfmr.fetch.PinFinding;
import dev.kfmr.fetch.PinVerifier;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.render.Rendered;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether upstream still has what a release set pins: its commits, tags and folders, and the images of every mode. */
public final class PinsCheck {
    private final Surroundings surroundings;
    private final Optional<URI> registryMirror;

    /** @param registryMirror that is asked for images in place of their own registries */
    public PinsCheck(Surroundings surroundings, Optional<URI> registryMirror) {
        this.surroundings = surroundings;
        this.registryMirror = registryMirror;
    }

    /** Commits, tags, folders and paths. */
    public List<PinFinding> sources(Pins pins, Deadline deadline) {
        return new PinVerifier(surroundings.origins(), surroundings.progress()).verify(pins, deadline);
    }

    /**
     * The images of every shipped mode that the release set has.
     *
     * @param name of the release set, or a pins file
     */
    public List<PinFinding> images(String name, Deadline deadline) {
        List<PinFinding> findings = new ArrayList<>();
        Map<String, String> images = new TreeMap<>();
        for (String mode : new ProfileLibrary().names()) {
            try {
                Rendered rendered = new TrialRender(surroundings).of(mode, name, deadline);
                rendered.components().forEach(component -> component
                        .images()
                        .forEach(image -> images.putIfAbsent(
                                image, component.planned().at().pinnedAt())));
            } catch (KfmrException e) {
                notRendered(mode, name, e).ifPresent(findings::add);
            }
        }
        findings.addAll(new ImageVerifier(surroundings.origins(), registryMirror, surroundings.progress())
                .verify(images, deadline));
        return findings;
    }

    /** A mode that the release set does not have is no fault of it. */
    private static Optional<PinFinding> notRendered(String mode, String name, KfmrException e) {
        if (e.isInterrupt()) {
            throw e;
        }
        return e.code().equals("release.lacks-component")
                ? Optional.empty()
                : Optional.of(new PinFinding(
                        false, "images", "mode " + mode + " cannot be rendered: " + e.what() + " " + e.why(), name));
    }
}
