package dev.kfmr.install;

import dev.kfmr.state.EnvironmentStore;

/** Finds out what a call means: said now, said before, or the default. */
public final class Choices {
    private Choices() {}

    /** For commands that only look. */
    public static Choice of(Surroundings surroundings, String name, Choice.Asked asked) {
        return new EnvironmentStore(surroundings.directories())
                .load(name, surroundings.progress()::warning)
                .map(environment -> Choice.of(environment, asked))
                .orElseGet(() -> Choice.fresh(name, asked));
    }
}
