package dev.kfmr.install;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.fetch.PinUpdate;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.profile.YamlDocuments;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Proposes a release set with later releases, as a file that extends the one that it was made from. */
public final class PinsUpdate {
    private final Preparation preparation;
    private final TrialRender trial;
    private final PinsLibrary library = new PinsLibrary();

    public PinsUpdate(Surroundings surroundings) {
        this.preparation = new Preparation(surroundings);
        this.trial = new TrialRender(surroundings);
    }

    /**
     * @param mode whose images are to be compared: refused here, since later it would look like a release set's fault
     * @throws KfmrException exit 2 for an unknown mode or release set, exit 4 when a source does not answer
     */
    public List<PinUpdate> look(String mode, String pins, Deadline deadline) {
        new ProfileLibrary().load(mode);
        return preparation.updates(library.load(pins), deadline);
    }

    /** Writes the proposal. It is a file of the user's from then on. */
    public void write(String pins, List<PinUpdate> updates, Path file) {
        Map<String, Object> sources = new LinkedHashMap<>();
        updates.forEach(update -> {
            Map<String, Object> source = new LinkedHashMap<>();
            source.put("tag", update.tag());
            source.put("commit", update.commit());
            source.put("trees", new TreeMap<>(update.trees()));
            sources.put(update.source().name(), source);
        });
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("extends", pins);
        content.put("release", file.getFileName().toString().replaceFirst("\\.ya?ml$", ""));
        content.put("sources", sources);
        WholeFile.write(
                file,
                "# Proposed by kfmr pins update. Look at it with: kfmr pins verify " + file + "\n"
                        + YamlDocuments.write(content));
    }

    /**
     * How the images of a mode change.
     *
     * @param gone images that only the old release set has
     * @param fresh images that only the new one has
     * @param problem why the new one cannot be rendered, and needs a person's work; empty when it can
     */
    public record Images(Set<String> gone, Set<String> fresh, String problem) {
        public Images {
            gone = Collections.unmodifiableSet(gone);
            fresh = Collections.unmodifiableSet(fresh);
        }
    }

    /** @param after the proposal */
    public Images images(String mode, String before, Path after, Deadline deadline) {
        try {
            Set<String> old = trial.of(mode, before, deadline).images();
            Set<String> now = trial.of(mode, after.toString(), deadline).images();
            Set<String> gone = new TreeSet<>(old);
            gone.removeAll(now);
            Set<String> fresh = new TreeSet<>(now);
            fresh.removeAll(old);
            return new Images(gone, fresh, "");
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            return new Images(Set.of(), Set.of(), e.what() + " " + e.why());
        }
    }
}
