package dev.kfmr.install;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.fetch.LocalDirectories;
import dev.kfmr.fetch.PinUpdate;
import dev.kfmr.fetch.PinUpdater;
import dev.kfmr.fetch.SourceFetcher;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.plan.Planner;
import dev.kfmr.plan.RequestSums;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.Profile;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.render.Rendered;
import dev.kfmr.render.Renderer;
import dev.kfmr.render.ResourceRequests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** From a choice to everything that would be applied: plan, fetch, render. Touches no cluster. */
public final class Preparation {
    private final Surroundings surroundings;
    private final Tools tools;

    public Preparation(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.tools = new Tools(surroundings);
    }

    /**
     * @param rendered with the requests that upstream has
     * @param needs what they sum up to, as they are and lowered
     */
    public record Prepared(Choice choice, Plan plan, Map<String, Path> trees, Rendered rendered, RequestSums needs) {
        public Prepared {
            trees = Map.copyOf(trees);
        }
    }

    /**
     * Of what an environment was last asked to be; of the defaults, where there is none of that name.
     *
     * @throws dev.kfmr.core.KfmrException exit 2 or 3 when that is not known
     */
    public Plan plan(String name) {
        return plan(Choices.of(surroundings, name, Choice.Asked.nothing()));
    }

    public Plan plan(Choice choice) {
        return plan(choice, profile(choice));
    }

    static Profile profile(Choice choice) {
        return new ProfileLibrary().load(choice.profile());
    }

    static Plan plan(Choice choice, Profile profile) {
        Pins pins = new PinsLibrary().load(choice.pins());
        return Planner.plan(profile, pins, new PlanOptions(choice.with(), choice.without(), choice.images()));
    }

    public Prepared prepare(Choice choice, Deadline deadline) {
        return prepare(choice, deadline, new StageClock(surroundings.progress()));
    }

    Prepared prepare(Choice choice, Deadline deadline, StageClock clock) {
        Plan plan = plan(choice);
        Map<String, Path> trees = clock.time(Stage.FETCH, () -> fetch(plan, deadline));
        Rendered rendered = clock.time(Stage.RENDER, () -> render(choice, plan, trees, Set.of()));
        return new Prepared(choice, plan, trees, rendered, ResourceRequests.of(rendered));
    }

    private Map<String, Path> fetch(Plan plan, Deadline deadline) {
        Path cache = surroundings.directories().cache();
        Map<String, Path> trees =
                new TreeMap<>(new SourceFetcher(cache, surroundings.origins(), surroundings.progress())
                        .fetch(plan.sources(), deadline));
        LocalDirectories local = new LocalDirectories(cache);
        for (PlannedComponent component : plan.components()) {
            component
                    .spec()
                    .directory()
                    .ifPresent(directory -> trees.put(
                            component.at().source(),
                            local.copy(directory, component.at().path())));
        }
        return trees;
    }

    /** Later releases of what a release set pins. */
    public List<PinUpdate> updates(Pins pins, Deadline deadline) {
        return new PinUpdater(surroundings.origins(), surroundings.progress()).look(pins, deadline);
    }

    /** The same objects with lowered requests. @param lowered what they are lowered of */
    public Rendered render(Prepared prepared, Set<ComputeResource> lowered) {
        return lowered.isEmpty()
                ? prepared.rendered()
                : render(prepared.choice(), prepared.plan(), prepared.trees(), lowered);
    }

    private Rendered render(Choice choice, Plan plan, Map<String, Path> trees, Set<ComputeResource> lowered) {
        Path overlays = surroundings.directories().environment(choice.name()).resolve("overlays");
        return new Renderer(
                        tools.kustomize(plan.pins()), surroundings.directories().cache(), surroundings.progress())
                .render(plan, trees, overlays, lowered);
    }
}
