package dev.kfmr.engine;

import dev.kfmr.core.Command;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the engine that the user's own commands would use. Docker goes before Podman where both answer;
 * {@code KIND_EXPERIMENTAL_PROVIDER} decides otherwise.
 */
public final class Engines {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final EngineFailure failure;
    private final EngineInfo reader;
    private final Duration patience;

    Engines(Map<String, String> environment, SystemFacts system, LocalEngineFiles files, Duration patience) {
        this.environment = Map.copyOf(environment);
        this.failure = new EngineFailure(SystemGuide.of(system));
        this.reader = new EngineInfo(files);
        this.patience = patience;
    }

    /**
     * An engine that answers.
     *
     * @param environment of this process
     * @throws KfmrException exit 3, {@code engine.missing}, {@code engine.stopped}, {@code engine.permission},
     *     {@code engine.hanging}: each with the remedy for this system
     */
    public static Engine find(Map<String, String> environment) {
        return onThisMachine(environment).find();
    }

    private static Engines onThisMachine(Map<String, String> environment) {
        return new Engines(
                environment,
                SystemFacts.ofThisMachine(environment),
                LocalEngineFiles.ofThisMachine(environment),
                PATIENCE);
    }

    Engine find() {
        Programs programs = Programs.of(environment);
        List<KfmrException> failures = new ArrayList<>();
        for (EngineKind kind : candidates()) {
            Optional<Path> program = programs.find(kind.program());
            if (program.isEmpty()) {
                continue;
            }
            try {
                Optional<Engine> engine = ask(kind, program.get());
                if (engine.isPresent()) {
                    return engine.get();
                }
            } catch (KfmrException e) {
                if (e.isInterrupt()) {
                    throw e;
                }
                failures.add(e);
            }
        }
        throw failures.stream().findFirst().orElseGet(failure::missing);
    }

    /** Why an engine that answered before does so no more; empty when it does. @throws KfmrException when interrupted */
    public static Optional<KfmrException> whyAway(Engine engine) {
        try {
            onThisMachine(engine.environment()).ask(engine.kind(), engine.program());
            return Optional.empty();
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private List<EngineKind> candidates() {
        String provider = environment.getOrDefault("KIND_EXPERIMENTAL_PROVIDER", "");
        if (provider.isEmpty()) {
            return List.of(EngineKind.values());
        }
        return Stream.of(EngineKind.values())
                .filter(kind -> kind.program().equals(provider))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> failure.unsupported(provider));
    }

    /** Empty where Podman answers to the name of docker: it is found by its own. */
    private Optional<Engine> ask(EngineKind kind, Path program) {
        Command.Result answer = Command.of(program.toString(), "info", "--format", "{{json .}}")
                .withEnvironment(environment)
                .withLimit(patience)
                .run();
        if (!answer.succeeded()) {
            throw failure.of(kind, answer);
        }
        InfoTree info = read(kind, answer.output());
        return switch (kind) {
            case DOCKER ->
                EngineInfo.isPodman(info)
                        ? Optional.empty()
                        : Optional.of(new Engine(program, environment, reader.docker(info)));
            case PODMAN -> Optional.of(new Engine(program, environment, reader.podman(info)));
        };
    }

    private InfoTree read(EngineKind kind, String json) {
        try {
            return InfoTree.of(json, kind.program() + " info");
        } catch (RuntimeException e) {
            throw failure.unreadable(kind, e);
        }
    }
}
