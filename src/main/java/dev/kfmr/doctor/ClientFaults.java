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

/** Clients on this machine, against what they speak to in the cluster: Pipelines' for Python, and kubectl. */
final class ClientFaults {
    /** Upstream's name for the server, and for its image. */
    private static final String SERVER = "ml-pipeline";

    private static final String SERVER_IMAGE = "api-server";
    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(\\.\\S*)?");
    /** Reads what is installed without loading it, which takes seconds. */
    private static final String ASK = "import importlib.metadata as m; print(m.version('kfp'))";

    /** Of the client, in what {@code kubectl version --client -o json} prints. */
    private static final Pattern KUBECTL = Pattern.compile("\"gitVersion\"\\s*:\\s*\"v?([^\"]+)\"");

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

    /** Of the {@code kubectl} on PATH, as {@code 1.34.3}; empty where there is none, or it does not say. */
    static Optional<String> kubectl(Map<String, String> environment) {
        return Programs.of(environment)
                .find("kubectl")
                .map(program -> Command.of(program.toString(), "version", "--client", "-o", "json")
                        .withEnvironment(environment)
                        .withLimit(LIMIT)
                        .run())
                .map(result -> KUBECTL.matcher(result.output()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    /** Pure. Kubernetes supports a kubectl that is one minor version older or newer. @param server {@code v1.34.3} */
    static List<Fault> ofKubectl(String client, String server) {
        String own = server.startsWith("v") ? server.substring(1) : server;
        boolean isNear = minor(client)
                .flatMap(one -> minor(own).map(other -> one.isNextTo(other)))
                .orElse(true);
        return isNear
                ? List.of()
                : List.of(Fault.of(CheckCatalogue.shipped()
                        .get("function.kubectl-skew")
                        .found(Map.of("client", client, "server", own))));
    }

    private record Minor(int major, int minor) implements Comparable<Minor> {
        boolean isNextTo(Minor other) {
            return major == other.major && Math.abs(minor - other.minor) <= 1;
        }

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
