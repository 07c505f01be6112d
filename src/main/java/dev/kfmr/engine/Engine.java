package dev.kfmr.engine;

import dev.kfmr.core.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A container engine that answers, spoken to by its own command line, which knows contexts, hosts and credentials.
 *
 * @param program its command, by full path
 * @param environment of this process: {@code DOCKER_HOST}, {@code DOCKER_CONTEXT} and their like reach the command
 */
public record Engine(Path program, Map<String, String> environment, EngineFacts facts) {
    public Engine {
        environment = Map.copyOf(environment);
    }

    public EngineKind kind() {
        return facts.kind();
    }

    public Command command(String... arguments) {
        return Command.of(program.toString()).with(arguments).withEnvironment(environment);
    }

    /** Subnets of the network that kind puts its nodes into; empty as long as there is none. */
    public List<String> kindSubnets() {
        String template =
                switch (kind()) {
                    case DOCKER -> "{{range .IPAM.Config}}{{println .Subnet}}{{end}}";
                    case PODMAN -> "{{range .Subnets}}{{println .Subnet.String}}{{end}}";
                };
        Command.Result result =
                command("network", "inspect", "kind", "--format", template).run();
        return result.succeeded()
                ? result.output()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
    }

    /** What kind must be told so that it uses this engine and no other. */
    public Map<String, String> kindEnvironment() {
        return Map.of("KIND_EXPERIMENTAL_PROVIDER", kind().program());
    }
}
