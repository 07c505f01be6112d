package dev.kfmr.render;

import dev.kfmr.core.Command;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The real kustomize, as a process. */
final class Kustomize {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path program;
    private final String version;

    Kustomize(Path program) {
        this.program = program;
        this.version = Command.of(program.toString(), "version").run().output().strip();
    }

    /** As it says itself: part of what a render depends on. */
    String version() {
        return version;
    }

    /** @throws KfmrException exit 4, {@code render.failed}, with its own words */
    String build(String component, Path folder) {
        Command command = Command.of(List.of(
                        program.toString(), "build", "--load-restrictor", "LoadRestrictionsNone", folder.toString()))
                .withLimit(LIMIT);
        Command.Result result = command.run();
        if (!result.succeeded()) {
            throw new KfmrException(
                    ExitCode.UPSTREAM,
                    "render.failed",
                    "kustomize cannot render " + component + ".",
                    result.timedOut() ? "It did not end within " + LIMIT.toSeconds() + " s." : result.lastWords(),
                    "See it all: " + command.text());
        }
        return result.output();
    }
}
