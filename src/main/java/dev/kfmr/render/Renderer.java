package dev.kfmr.render;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Outcome;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.core.Sha256;
import dev.kfmr.core.WholeFile;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.profile.YamlDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Renders a plan: upstream's kustomization as it is, then kfmr's overlay around what came out. Both by kustomize itself.
 * What was rendered before from the same sources with the same changes is not rendered again.
 */
public final class Renderer {
    private static final int AT_ONCE = 3;
    /** A kustomize that runs is ended at once. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

    private final Kustomize kustomize;
    private final RenderCache cache;
    private final Progress progress;

    /** @param kustomize the program */
    public Renderer(Path kustomize, Path cache, Progress progress) {
        this.kustomize = new Kustomize(kustomize);
        this.cache = new RenderCache(cache);
        this.progress = progress;
    }

    /**
     * @param trees source name to its files; their paths name what they are: commit and folders
     * @param overlays where kfmr's copy of upstream's files and the overlays are written, for people to read
     * @param lowered what requests are lowered of
     * @throws KfmrException exit 4: {@code render.failed}, {@code render.remote-base}, {@code render.path-missing},
     *     {@code render.patch-target-gone}
     */
    public Rendered render(Plan plan, Map<String, Path> trees, Path overlays, Set<ComputeResource> lowered) {
        Map<String, String> keys = new LinkedHashMap<>();
        Map<String, String> done = new LinkedHashMap<>();
        for (PlannedComponent component : plan.components()) {
            String key = key(plan, component, trees, lowered);
            keys.put(component.name(), key);
            cache.get(key).ifPresent(text -> done.put(component.name(), text));
        }
        if (done.size() < keys.size()) {
            Workspace workspace = Workspace.of(overlays, trees);
            RemoteBases bases = new RemoteBases(workspace, plan.pins().remoteBases());
            plan.components().forEach(component -> bases.localize(upstreamFolder(workspace, plan, component)));
            build(plan, workspace, trees, lowered).forEach((name, text) -> {
                cache.put(java.util.Objects.requireNonNull(keys.get(name)), text);
                done.put(name, text);
                progress.step(Stage.RENDER, "rendered " + name);
            });
        }
        return assemble(plan, done);
    }

    /** Of upstream's own part: what its kustomization renders to, before anything is changed. */
    private String upstreamKey(Plan plan, PlannedComponent component, Map<String, Path> trees) {
        Map<String, String> names = new TreeMap<>();
        trees.forEach((name, path) -> names.put(name, path.getFileName().toString()));
        names.keySet()
                .removeIf(name -> plan.directories().containsKey(name)
                        && !name.equals(component.at().source()));
        return Sha256.hex(String.join(
                "\n",
                kustomize.version(),
                names.toString(),
                component.at().source() + ":" + component.at().path(),
                plan.pins().remoteBases().toString()));
    }

    private String key(Plan plan, PlannedComponent component, Map<String, Path> trees, Set<ComputeResource> lowered) {
        return Sha256.hex(String.join(
                "\n",
                upstreamKey(plan, component, trees),
                component.spec().namespace(),
                component.patches().stream().map(Renderer::text).toList().toString(),
                new TreeMap<>(plan.images()).toString(),
                plan.pins().release(),
                new TreeSet<>(lowered).toString()));
    }

    /** A record's own text has its maps in no order. */
    private static String text(dev.kfmr.profile.Patch patch) {
        return patch.id() + new TreeMap<>(patch.images()) + new TreeMap<>(patch.target()) + patch.content();
    }

    private static Path upstreamFolder(Workspace workspace, Plan plan, PlannedComponent component) {
        Path folder =
                workspace.source(component.at().source()).resolve(component.at().path());
        if (!Files.isDirectory(folder)) {
            throw new KfmrException(
                    ExitCode.UPSTREAM,
                    "render.path-missing",
                    "Cannot render " + component.name() + ": its folder is missing.",
                    component.at().pinnedAt() + ": " + component.at().source() + " has no folder "
                            + component.at().path() + " in release set "
                            + plan.pins().release() + ".",
                    "Correct the path, or choose another release set: kfmr pins verify "
                            + plan.pins().release());
        }
        return folder;
    }

    private Map<String, String> build(
            Plan plan, Workspace workspace, Map<String, Path> trees, Set<ComputeResource> lowered) {
        ExecutorService builders = Executors.newFixedThreadPool(AT_ONCE);
        try {
            Map<String, Future<String>> started = new LinkedHashMap<>();
            plan.components()
                    .forEach(component -> started.put(
                            component.name(),
                            builders.submit(() -> build(plan, workspace, component, trees, lowered))));
            Map<String, String> built = new LinkedHashMap<>();
            for (Map.Entry<String, Future<String>> each : started.entrySet()) {
                built.put(each.getKey(), Outcome.of(each.getValue(), "rendering"));
            }
            return built;
        } finally {
            end(builders);
        }
    }

    /** What still writes into the workspace would be in the way of whoever takes it away. */
    private static void end(ExecutorService builders) {
        builders.shutdownNow();
        try {
            if (!builders.awaitTermination(LONGEST_WRITE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Renders did not end.");
            }
        } catch (InterruptedException e) {
            throw KfmrException.interrupted("rendering");
        }
    }

    private String build(
            Plan plan,
            Workspace workspace,
            PlannedComponent component,
            Map<String, Path> trees,
            Set<ComputeResource> lowered) {
        String upstream = upstream(plan, workspace, component, upstreamKey(plan, component, trees));
        Path folder = workspace.component(component.name());
        WholeFile.write(folder.resolve(Overlay.UPSTREAM), upstream);
        WholeFile.write(
                folder.resolve("kustomization.yaml"),
                Overlay.text(
                        component,
                        plan.pins().release(),
                        manifests(upstream, component.name()),
                        plan.images(),
                        lowered));
        return kustomize.build(component.name(), folder);
    }

    /** Rendered once for all changes around it: lowering requests renders only the overlays again. */
    private String upstream(Plan plan, Workspace workspace, PlannedComponent component, String key) {
        return cache.get(key).orElseGet(() -> {
            String rendered = kustomize.build(component.name(), upstreamFolder(workspace, plan, component));
            cache.put(key, rendered);
            return rendered;
        });
    }

    private static List<Manifest> manifests(String yaml, String name) {
        return YamlDocuments.parse(yaml, name).stream().map(Manifest::of).toList();
    }

    /** An object that stands in two components belongs to the first. */
    private static Rendered assemble(Plan plan, Map<String, String> rendered) {
        Set<String> seen = new HashSet<>();
        List<Rendered.Component> components = new ArrayList<>();
        for (PlannedComponent component : plan.components()) {
            String text = Optional.ofNullable(rendered.get(component.name())).orElseThrow();
            List<Manifest> own = manifests(text, component.name()).stream()
                    .filter(manifest -> seen.add(manifest.group() + " " + manifest.id()))
                    .toList();
            components.add(new Rendered.Component(component, own));
        }
        return new Rendered(components);
    }
}
