package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.core.Command;
import dev.kfmr.core.Programs;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Python client of Pipelines on this machine, against the server in the cluster. */
final class ClientFaults {
    /** Upstream's name for the server, and for its image. */
    private static final String SERVER = "ml-pipeline";

    private static final String SERVER_IMAGE = "api-server";
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(\\.\\S*)?");
    /** Reads what is installed without loading it, which takes seconds. */
    private static final String ASK = "import importlib.metadata as m; print(m.version('kfp'))";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private ClientFaults() {}

    /** Of the {@code python3} on PATH; empty where there is none, or it has no client. */
    static Optional<String> installed(Map<String, String> environment) {
        Optional<Path> python = Programs.of(environment).find("python3");
        return python.map(program -> Command.of(program.toString(), "-c", ASK)
                        .withEnvironment(environment)
                        .withLimit(LIMIT)
                        .run())
                .filter(Command.Result::succeeded)
                .map(result -> result.output().strip())
                .filter(version -> !version.isEmpty());
    }

    /** Pure. Only a newer one is a fault: a server knows the requests and pipelines of clients that are older. */
    static List<Fault> of(Optional<String> client, List<Deployment> deployments) {
        Optional<String> server = deployments.stream()
                .filter(deployment -> deployment.getMetadata().getName().equals(SERVER))
                .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                .map(Container::getImage)
                .filter(image -> image.contains(SERVER_IMAGE))
                .map(image -> image.substring(image.lastIndexOf(':') + 1))
                .findFirst();
        boolean isNewer = client.flatMap(ClientFaults::minor)
                .flatMap(own -> server.flatMap(ClientFaults::minor).map(other -> own.compareTo(other) > 0))
                .orElse(false);
        return isNewer
                ? List.of(Fault.of(CheckCatalogue.shipped()
                        .get("function.client-newer")
                        .found(Map.of("client", client.orElse(""), "server", server.orElse("")))))
                : List.of();
    }

    private record Minor(int major, int minor) implements Comparable<Minor> {
        @Override
        public int compareTo(Minor other) {
            return Comparator.comparingInt(Minor::major)
                    .thenComparingInt(Minor::minor)
                    .compare(this, other);
        }
    }

    private static Optional<Minor> minor(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches()
                ? Optional.of(new Minor(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
