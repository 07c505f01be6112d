package dev.kfmr.plan;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.Patch;
import dev.kfmr.profile.PinnedPath;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a profile, a release set and options to a plan. Pure. */
public final class Planner {
    private final Profile profile;
    private final Pins pins;
    private final PlanOptions options;
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private Planner(Profile profile, Pins pins, PlanOptions options) {
        this.profile = profile;
        this.pins = pins;
        this.options = options;
    }

    /**
     * @throws KfmrException exit 2: {@code component.unknown}, {@code component.needed} when one is dropped that others
     *     come after or that is not optional, {@code release.lacks-component}
     */
    public static Plan plan(Profile profile, Pins pins, PlanOptions options) {
        return new Planner(profile, pins, options).plan();
    }

    /** @throws KfmrException exit 2, {@code component.unknown} */
    public static void requireKnown(Profile profile, Set<String> components) {
        components.stream().sorted().forEach(name -> checkKnown(profile, name));
    }

    private Plan plan() {
        requireKnown(profile, options.with());
        requireKnown(profile, options.without());
        Set<String> chosen = chosen();
        List<PlannedComponent> planned =
                inOrder(chosen).stream().map(this::planned).toList();
        return new Plan(profile, pins, planned, leftOut, options.images());
    }

    private static void checkKnown(Profile profile, String name) {
        Set<String> known = profile.components().stream()
                .map(ComponentSpec::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!known.contains(name)) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "component.unknown",
                    "There is no component " + name + "." + NearestName.hint(name, known),
                    "The profile " + profile.name() + " has: " + String.join(", ", known) + ".",
                    "Name one of these.");
        }
    }

    private Set<String> chosen() {
        Set<String> chosen = new LinkedHashSet<>();
        Set<String> wanted = new HashSet<>();
        options.with().forEach(name -> want(name, wanted));
        for (ComponentSpec component : profile.components()) {
            if (options.without().contains(component.name())) {
                checkOptional(component);
                leftOut.put(component.name(), "as asked for by --without");
            } else if (!component.enabled() && !wanted.contains(component.name())) {
                leftOut.put(component.name(), "only --with " + component.name() + " brings it");
            } else if (component.directory().isEmpty() && !pins.paths().containsKey(component.path())) {
                leaveOut(component);
            } else {
                chosen.add(component.name());
            }
        }
        checkNeeds(chosen);
        return chosen;
    }

    /** With all that it comes after. */
    private void want(String name, Set<String> wanted) {
        if (wanted.add(name)) {
            profile.component(name).ifPresent(spec -> spec.after().forEach(needed -> want(needed, wanted)));
        }
    }

    private void checkOptional(ComponentSpec component) {
        if (!component.optional()) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "component.needed",
                    "The component " + component.name() + " cannot be left out.",
                    "The profile " + profile.name() + " says that it is not optional.",
                    "Optional are: "
                            + profile.components().stream()
                                    .filter(ComponentSpec::optional)
                                    .map(ComponentSpec::name)
                                    .collect(Collectors.joining(", "))
                            + ". A profile of your own may drop any: docs/profiles.md");
        }
    }

    private void leaveOut(ComponentSpec component) {
        String absent = pins.knownAbsent().getOrDefault(component.path(), "this release does not have it");
        if (!component.optional() || options.with().contains(component.name())) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "release.lacks-component",
                    "Cannot install " + component.name() + ".",
                    "Release set " + pins.release() + ": " + absent + ".",
                    "Choose another release set: kfmr pins list");
        }
        leftOut.put(component.name(), absent);
    }

    private void checkNeeds(Set<String> chosen) {
        for (ComponentSpec component : profile.components()) {
            if (!chosen.contains(component.name())) {
                continue;
            }
            for (String needed : component.after()) {
                if (options.without().contains(needed)) {
                    throw new KfmrException(
                            ExitCode.USAGE,
                            "component.needed",
                            "The component " + needed + " cannot be left out alone.",
                            component.name() + " comes after it, and needs it.",
                            "Leave both out: --without " + needed + "," + component.name());
                }
            }
        }
    }

    /** Each after all that it comes after, otherwise in the profile's order. */
    private List<ComponentSpec> inOrder(Set<String> chosen) {
        List<ComponentSpec> ordered = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        profile.components().stream()
                .filter(c -> chosen.contains(c.name()))
                .forEach(c -> place(c, chosen, placed, ordered));
        return ordered;
    }

    private void place(ComponentSpec component, Set<String> chosen, Set<String> placed, List<ComponentSpec> ordered) {
        if (!placed.add(component.name())) {
            return;
        }
        component.after().stream().filter(chosen::contains).forEach(name -> profile.component(name)
                .ifPresent(needed -> place(needed, chosen, placed, ordered)));
        ordered.add(component);
    }

    private PlannedComponent planned(ComponentSpec component) {
        PinnedPath at = component
                .directory()
                .map(directory -> new PinnedPath(Plan.localSource(component), component.path(), directory.toString()))
                .orElseGet(() -> java.util.Objects.requireNonNull(pins.paths().get(component.path())));
        List<Patch> patches = Stream.concat(profile.patches().stream(), pins.patches().stream())
                .filter(patch -> patch.components().contains(component.name()))
                .toList();
        return new PlannedComponent(component, at, patches);
    }
}
