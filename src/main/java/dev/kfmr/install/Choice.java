package dev.kfmr.install;

import dev.kfmr.core.InOrder;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.state.Environment;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to install: as asked for, filled up with what the environment already is, filled up with the defaults.
 *
 * @param profile shipped mode, or a profile file
 * @param pins release set, or a pins file
 * @param images replacements that healing chose before
 */
public record Choice(
        String name,
        String profile,
        String pins,
        RequestPolicy requests,
        Set<String> with,
        Set<String> without,
        Map<String, String> images) {
    public Choice {
        with = Set.copyOf(with);
        without = Set.copyOf(without);
        images = InOrder.copyOf(images);
    }

    /** What was said in this call; empty means: as it is, or the default. */
    public record Asked(
            Optional<String> profile,
            Optional<String> pins,
            Optional<RequestPolicy> requests,
            Set<String> with,
            Set<String> without) {
        public Asked {
            with = Set.copyOf(with);
            without = Set.copyOf(without);
        }

        /** Nothing was said. */
        public static Asked nothing() {
            return new Asked(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Set.of());
        }
    }

    /** The same environment again, with what was said now. */
    static Choice of(Environment environment, Asked asked) {
        boolean sameComponents = asked.with().isEmpty() && asked.without().isEmpty();
        return new Choice(
                environment.name(),
                asked.profile().orElse(environment.profile()),
                asked.pins().orElse(environment.pins()),
                asked.requests().orElse(environment.requests()),
                sameComponents ? environment.with() : asked.with(),
                sameComponents ? environment.without() : asked.without(),
                environment.images());
    }

    /** A new environment. */
    static Choice fresh(String name, Asked asked) {
        return new Choice(
                name,
                asked.profile().orElse("standalone"),
                asked.pins().orElseGet(() -> new PinsLibrary().defaultName()),
                asked.requests().orElse(RequestPolicy.AUTO),
                asked.with(),
                asked.without(),
                Map.of());
    }

    /** The environment that it makes. @param context of a cluster that is not kfmr's own; empty for a kind cluster */
    Environment environment(Optional<String> context, Set<ComputeResource> lowered) {
        return new Environment(
                name, profile, pins, context.isEmpty(), context, requests, lowered, with, without, images);
    }
}
