package dev.kfmr.cluster;

import dev.kfmr.core.Command;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.engine.ImageName;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Brings the node image to the engine, before kind does so in silence. */
final class NodeImage {
    private final Engine engine;
    private final String name;

    /** As kind does: a digest decides, and what Podman makes of a name without a registry is up to its settings. */
    NodeImage(Engine engine, String image) {
        this.engine = engine;
        this.name = nameFor(engine.kind(), image);
    }

    static String nameFor(EngineKind engine, String image) {
        return switch (engine) {
            case DOCKER -> image.replaceFirst(":[^:/@]+(?=@)", "");
            case PODMAN -> ImageName.parse(image).whole();
        };
    }

    /** @throws KfmrException exit 3 or 4, {@code cluster.node-image} */
    void ensure(Progress progress, Deadline deadline) {
        if (isPresent()) {
            return;
        }
        progress.step(Progress.Stage.CLUSTER, "pulling the node image " + name);
        LayerCount layers = new LayerCount(progress);
        Command.Result result = engine.command("pull", name)
                .withLimit(deadline.left())
                .onOutputLine(layers)
                .onErrorLine(layers)
                .run();
        if (!result.succeeded()) {
            throw new CreationFailures().ofNodeImage(name, result, engine.kind().program());
        }
    }

    private boolean isPresent() {
        return engine.command("image", "inspect", "--format", "{{.Id}}", name)
                .run()
                .succeeded();
    }

    /** Counts layers in {@code 5f70bf18a086: Pulling fs layer}, {@code 5f70bf18a086: Pull complete}. */
    private static final class LayerCount implements Consumer<String> {
        private final Progress progress;
        private final Set<String> begun = new HashSet<>();
        private final Set<String> done = new HashSet<>();

        LayerCount(Progress progress) {
            this.progress = progress;
        }

        @Override
        public synchronized void accept(String line) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                return;
            }
            String layer = line.substring(0, colon);
            String state = line.substring(colon + 2);
            if (state.equals("Pulling fs layer") || state.equals("Already exists")) {
                begun.add(layer);
            }
            if ((state.equals("Pull complete") || state.equals("Already exists")) && done.add(layer)) {
                progress.step(
                        Progress.Stage.CLUSTER,
                        "pulling the node image: %d of %d layers".formatted(done.size(), begun.size()));
            }
        }
    }
}
