package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a node reaches others, and is reached. Pure.
 *
 * @param program of the engine: {@code docker}
 */
record NodeNetworkFaults(String program, String node, NodeFacts facts) {
    /** What is asked for by these names must stay in the cluster. */
    private static final List<String> NAMES_IN_THE_CLUSTER = List.of(".svc", ".svc.cluster.local");

    List<Fault> all() {
        return Stream.of(address(), proxy()).flatMap(Optional::stream).toList();
    }

    private Optional<Fault> address() {
        List<String> addresses = facts.words("addresses").stream()
                .map(address -> address.replaceFirst("/.*", ""))
                .toList();
        return facts.text("kubelet.address")
                .filter(known -> !addresses.isEmpty() && !addresses.contains(known))
                .map(known -> found(
                        "node.address",
                        Map.of(
                                "known",
                                known,
                                "addresses",
                                String.join(
                                        ", ",
                                        addresses.stream()
                                                .filter(address -> !address.startsWith("127."))
                                                .toList()))));
    }

    private Optional<Fault> proxy() {
        Optional<String> proxy = facts.text("proxy");
        List<String> exceptions = facts.words("no-proxy");
        if (proxy.isEmpty() || exceptions.contains("*")) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        NAMES_IN_THE_CLUSTER.stream()
                .filter(name -> exceptions.stream().noneMatch(exception -> covers(exception, name)))
                .forEach(missing::add);
        facts.words("subnets").stream()
                .filter(subnet -> exceptions.stream().noneMatch(exception -> coversNetwork(exception, subnet)))
                .forEach(missing::add);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(found(
                        "node.no-proxy",
                        Map.of(
                                "missing",
                                String.join(",", missing),
                                "exceptions",
                                exceptions.isEmpty() ? "empty" : String.join(",", exceptions))));
    }

    /** {@code svc} and {@code .cluster.local} mean what ends with them. */
    private static boolean covers(String exception, String name) {
        String domain = exception.startsWith(".") ? exception : "." + exception;
        return name.endsWith(domain);
    }

    private static boolean coversNetwork(String exception, String subnet) {
        if (exception.equals(subnet)) {
            return true;
        }
        Optional<Route> wide = Route.of(exception, exception);
        Optional<Route> narrow = Route.of(subnet, subnet);
        return wide.isPresent() && narrow.isPresent() && wide.get().contains(narrow.get());
    }

    /** @param lines what {@code node-registries.sh} printed, of registries that this machine finds by their names */
    List<Fault> registries(String lines) {
        String nameservers = String.join(", ", facts.words("nameservers"));
        return lines.lines()
                .map(line -> line.strip().split(" ", 3))
                .filter(fields -> fields.length == 3)
                .map(fields -> fields[0].equals("name")
                        ? found(
                                "node.registry-name",
                                Map.of(
                                        "registry",
                                        fields[1],
                                        "nameservers",
                                        nameservers.isEmpty() ? "none" : nameservers))
                        : found("node.registry-certificate", Map.of("registry", fields[1], "answer", fields[2])))
                .toList();
    }

    private Fault found(String check, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("node", node);
        all.put("program", program);
        return Fault.of(CheckCatalogue.shipped().get(check).found(all));
    }
}
