package dev.kfmr.fetch;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks registries whether they still have every image that a release set uses. */
public final class ImageVerifier {
    private static final String SOURCE = "images";

    private final ImageRegistries registries;
    private final Progress progress;

    /** @param mirror that is asked in place of every registry */
    public ImageVerifier(Origins origins, Optional<URI> mirror, Progress progress) {
        this.registries = new ImageRegistries(origins, mirror);
        this.progress = progress;
    }

    /**
     * One finding for each image.
     *
     * @param images to file and line of the pin that brings it
     */
    public List<PinFinding> verify(Map<String, String> images, Deadline deadline) {
        List<Map.Entry<String, String>> entries =
                images.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        List<PinFinding> findings = Parallel.map(
                entries, entry -> finding(entry.getKey(), entry.getValue()), deadline, "asking for images");
        progress.step(Stage.FETCH, "asked for " + findings.size() + " images");
        return findings;
    }

    private PinFinding finding(String image, String pinnedAt) {
        Optional<String> problem = registries.problem(image);
        return new PinFinding(
                problem.isEmpty(),
                SOURCE,
                image + problem.map(text -> ": " + text).orElse(" is there"),
                pinnedAt);
    }
}
