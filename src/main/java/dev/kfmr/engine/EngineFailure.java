package dev.kfmr.engine;

import dev.kfmr.core.Command;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.Locale;

/** What keeps an engine from answering, as errors whose remedy fits this system. */
final class EngineFailure {
    private final SystemGuide guide;

    EngineFailure(SystemGuide guide) {
        this.guide = guide;
    }

    KfmrException missing() {
        return error(
                "engine.missing",
                "There is no container engine on this machine.",
                "Kubernetes runs in a container here, and neither docker nor podman is on PATH.",
                guide.howToInstall());
    }

    /** For a provider that was asked for by name. */
    KfmrException unsupported(String provider) {
        return error(
                "engine.unsupported",
                "KIND_EXPERIMENTAL_PROVIDER asks for " + provider + ", which kfmr does not know.",
                "kfmr works with docker and podman.",
                "Unset KIND_EXPERIMENTAL_PROVIDER, or set it to docker or podman.");
    }

    /** @param answer of the engine's own {@code info}, which did not succeed */
    KfmrException of(EngineKind kind, Command.Result answer) {
        if (answer.timedOut()) {
            return error(
                    "engine.hanging",
                    kind.title() + " does not answer.",
                    "It said nothing to `" + kind.program() + " info` for 10 seconds.",
                    "Restart it. " + guide.howToStart(kind));
        }
        // The commands have one exit code for everything, and speak English only.
        String said = answer.error().toLowerCase(Locale.ROOT);
        if (said.contains("permission denied")) {
            return error(
                    "engine.permission",
                    "This user may not use " + kind.title() + ".",
                    answer.lastWords(),
                    guide.howToJoin());
        }
        return error(
                "engine.stopped",
                kind.title() + " is installed, but its engine does not run.",
                answer.lastWords(),
                guide.howToStart(kind));
    }

    /** For an answer that is no JSON. */
    KfmrException unreadable(EngineKind kind, RuntimeException cause) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "engine.unreadable",
                "kfmr does not understand what " + kind.title() + " says of itself.",
                String.valueOf(cause.getMessage()),
                "See what it says: " + kind.program() + " info. Is " + kind.program() + " on PATH really "
                        + kind.title() + "?",
                cause);
    }

    private static KfmrException error(String code, String what, String why, String remedy) {
        return new KfmrException(ExitCode.ENVIRONMENT, code, what, why, remedy);
    }
}
