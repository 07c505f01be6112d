package dev.kfmr.engine;

import dev.kfmr.core.Command;
import dev.kfmr.core.Programs;
import dev.kfmr.engine.SystemFacts.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the user's own commands look for an engine, as far as that can be known while none answers. */
final class EnginePlace {
    /** It reads files, and asks no engine. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /**
     * Where an engine of this machine listens, with or without root. The sockets of virtual machines (Docker Desktop,
     * Colima, Rancher Desktop) lie in the home directory, to which a link may lead from here.
     */
    private static final Pattern SOCKET = Pattern.compile("unix://(/(?:var/)?run/.+)");

    private final Map<String, String> environment;
    private final SystemFacts system;

    EnginePlace(Map<String, String> environment, SystemFacts system) {
        this.environment = Map.copyOf(environment);
        this.system = system;
    }

    /** Whether its containers would share this machine's kernel; false also where that is not known. */
    boolean isHere(EngineKind kind) {
        return system.operatingSystem() == OperatingSystem.LINUX
                && switch (kind) {
                    case DOCKER -> isDockerHere();
                    case PODMAN ->
                        isUnsetOrHere("CONTAINER_HOST")
                                && variable("CONTAINER_CONNECTION").isEmpty();
                };
    }

    /** The command knows contexts, and which of them the variables choose. */
    private boolean isDockerHere() {
        Optional<Path> docker = Programs.of(environment).find(EngineKind.DOCKER.program());
        return docker.map(program -> isSocketHere(
                        Command.of(program.toString(), "context", "inspect", "--format", "{{.Endpoints.docker.Host}}")
                                .withEnvironment(environment)
                                .withLimit(PATIENCE)
                                .run()
                                .output()
                                .strip()))
                .orElseGet(() -> isUnsetOrHere("DOCKER_HOST"));
    }

    private boolean isUnsetOrHere(String name) {
        return variable(name).isEmpty() || isSocketHere(variable(name));
    }

    private static boolean isSocketHere(String address) {
        Matcher socket = SOCKET.matcher(address);
        return socket.matches() && !Files.isSymbolicLink(Path.of(socket.group(1)));
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
