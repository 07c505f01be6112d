package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Untyped;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.ScaledDown;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Scales up what somebody scaled to nothing. Where upstream's manifest does not say how many there are to be, applying it again
 * changes nothing; so it is scaled to one, which is what Kubernetes makes of such a manifest.
 */
final class HealScaledDown {
    private final Supplier<List<Manifest>> objects;
    private final Consumer<ObjectRef> scaleToOne;
    private final Progress progress;
    private final Set<ObjectRef> told = new HashSet<>();

    /**
     * @param objects the objects as they are to be now
     * @param scaleToOne what it throws means: not now
     */
    HealScaledDown(Supplier<List<Manifest>> objects, Consumer<ObjectRef> scaleToOne, Progress progress) {
        this.objects = objects;
        this.scaleToOne = scaleToOne;
        this.progress = progress;
    }

    /** @return whether there was something to mend: then not all is ready */
    boolean look(ClusterView view) {
        List<ObjectRef> down = objects.get().stream()
                .filter(HealScaledDown::leavesTheNumberOpen)
                .map(ObjectRef::ofNamespaced)
                .filter(ref -> view.find(ref).filter(ScaledDown::is).isPresent())
                .toList();
        down.forEach(this::mend);
        return !down.isEmpty();
    }

    private static boolean leavesTheNumberOpen(Manifest manifest) {
        return manifest.kind().equals("Deployment")
                && !Untyped.map(manifest.content().get("spec")).containsKey("replicas");
    }

    private void mend(ObjectRef ref) {
        try {
            scaleToOne.accept(ref);
        } catch (KubernetesClientException e) {
            return; // The API server is busy or away for a moment: the next look mends.
        }
        if (told.add(ref)) {
            progress.healed(ref.name() + " was scaled to 0: scaled it to 1");
        }
    }
}
