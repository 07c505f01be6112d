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
    private final EnginePlace place;
    private final EngineFailure failure;
    private final EngineInfo reader;
    private final Duration patience;

    Engines(Map<String, String> environment, SystemFacts system, LocalEngineFiles files, Duration patience) {
        this.environment = Map.copyOf(environment);
        this.place = new EnginePlace(environment, system);
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

    /**
     * Where none answers: whether one that did would share this machine's kernel. False also where that is not known, as
     * of a provider that kfmr does not know.
     *
     * @param environment of this process
     */
    public static boolean wouldBeHere(Map<String, String> environment) {
        return onThisMachine(environment).wouldBeHere();
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

    boolean wouldBeHere() {
        Programs programs = Programs.of(environment);
        List<EngineKind> candidates = knownCandidates();
        List<EngineKind> installed = candidates.stream()
                .filter(kind -> programs.find(kind.program()).isPresent())
                .toList();
        return !candidates.isEmpty()
                && (installed.isEmpty() ? candidates : installed).stream().allMatch(place::isHere);
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

    /** @throws KfmrException exit 3, {@code engine.unsupported} */
    private List<EngineKind> candidates() {
        List<EngineKind> known = knownCandidates();
        if (known.isEmpty()) {
            throw failure.unsupported(provider());
        }
        return known;
    }

    /** Empty where one was asked for that kfmr does not know. */
    private List<EngineKind> knownCandidates() {
        return Stream.of(EngineKind.values())
                .filter(kind -> provider().isEmpty() || kind.program().equals(provider()))
                .toList();
    }

    private String provider() {
        return environment.getOrDefault("KIND_EXPERIMENTAL_PROVIDER", "");
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
