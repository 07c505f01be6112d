package dev.kfmr.doctor;

import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.NodeContainer;
import dev.kfmr.core.Command;
import dev.kfmr.core.KfmrException;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.ready.ContainerLogs;
import dev.kfmr.ready.WorkloadReader;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Collects what tells of an installation's state. Values of Secrets and of variables are never among it: those of Secrets
 * are read only to be taken out of everything else. What cannot be collected is named.
 */
public final class BundleReader {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LOG_LINES = 500;

    /** File in the bundle to what prints it in a node. */
    private static final Map<String, String> NODE_LOGS = Map.of(
            "kubelet.log", "journalctl --no-pager -n 500 -u kubelet",
            "containerd.log", "journalctl --no-pager -n 500 -u containerd",
            "containers.txt", "crictl ps -a || true",
            "disk.txt", "df -h",
            "api-server.log", "tail -n 300 /var/log/containers/kube-apiserver-*.log || true");

    private final DoctorInput input;

    public BundleReader(DoctorInput input) {
        this.input = input;
    }

    /** @throws KfmrException exit 130 when interrupted */
    public BundleContent read(String name) {
        try (Looks looks = new Looks()) {
            Map<String, Callable<List<BundleFile>>> parts = new LinkedHashMap<>();
            if (input.context().isEmpty()) {
                Optional<Engine> engine = looks.start("the engine", LIMIT, () -> Engines.find(input.environment()))
                        .result();
                if (engine.isEmpty()) {
                    return new BundleContent(List.of(), Set.of(), looks.unread());
                }
                KindClusters clusters = new KindClusters(Path.of("kind"), engine.get(), input.directories());
                parts.put("what the engine says of itself", () -> engine(engine.get(), name));
                parts.put("the logs of the nodes", () -> nodes(clusters, name));
            }
            List<Looks.Pending<List<BundleFile>>> outside = started(parts, looks);
            List<BundleFile> files = new ArrayList<>();
            Set<String> secrets = new HashSet<>();
            try (ClusterConnection connection = input.connect(name)) {
                KubernetesClient client = connection.client();
                Optional<Set<String>> values =
                        looks.start("the Secrets", LIMIT, () -> secrets(client)).result();
                // Without them nothing of the cluster could be redacted.
                if (values.isPresent()) {
                    secrets.addAll(values.get());
                    files.addAll(cluster(client, looks));
                }
            } catch (KfmrException e) {
                if (e.isInterrupt()) {
                    throw e;
                }
                looks.couldNotLook("what runs in the cluster", e.what());
            }
            files.addAll(0, results(outside));
            return new BundleContent(files, secrets, looks.unread());
        }
    }

    private static List<Looks.Pending<List<BundleFile>>> started(
            Map<String, Callable<List<BundleFile>>> parts, Looks looks) {
        List<Looks.Pending<List<BundleFile>>> pending = new ArrayList<>();
        parts.forEach((what, part) -> pending.add(looks.start(what, LIMIT, part)));
        return pending;
    }

    private static List<BundleFile> results(List<Looks.Pending<List<BundleFile>>> pending) {
        List<BundleFile> files = new ArrayList<>();
        pending.forEach(part -> files.addAll(part.result().orElse(List.of())));
        return files;
    }

    static List<BundleFile> cluster(KubernetesClient client, Looks looks) {
        Looks.Pending<List<Pod>> pods = looks.start(
                "the pods and their logs",
                LIMIT,
                () -> client.pods().inAnyNamespace().list().getItems());
        Map<String, Callable<List<BundleFile>>> parts = new LinkedHashMap<>();
        parts.put("the inventory and the workloads", () -> workloads(client));
        parts.put("the events", () -> events(client));
        List<Looks.Pending<List<BundleFile>>> others = started(parts, looks);
        ContainerLogs logs = new ContainerLogs(client, LOG_LINES, Duration.ZERO);
        try (PodFiles ofPods = new PodFiles(pods.result().orElse(List.of()), logs::readOrRefuse, LIMIT)) {
            List<BundleFile> files = results(others);
            files.addAll(ofPods.files(looks));
            return files;
        }
    }

    private static List<BundleFile> engine(Engine engine, String name) {
        return List.of(
                BundleFile.of("engine/info.txt", text(engine.command("info"))),
                BundleFile.of("engine/version.txt", text(engine.command("version"))),
                BundleFile.of(
                        "engine/nodes.txt",
                        text(engine.command("ps", "--all", "--filter", "label=io.x-k8s.kind.cluster=" + name))));
    }

    private static String text(Command command) {
        Command.Result result = command.run();
        return result.output() + result.error();
    }

    private static List<BundleFile> nodes(KindClusters clusters, String name) {
        List<BundleFile> files = new ArrayList<>();
        for (NodeContainer node : clusters.containers(name)) {
            if (node.isRunning()) {
                NODE_LOGS.forEach((file, script) ->
                        files.add(BundleFile.log("nodes/" + node.name() + "/" + file, clusters.run(node, script))));
            }
        }
        return files;
    }

    private static Set<String> secrets(KubernetesClient client) {
        return client.secrets().inAnyNamespace().list().getItems().stream()
                .map(Secret::getData)
                .filter(data -> data != null)
                .flatMap(data -> data.values().stream())
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    private static List<BundleFile> workloads(KubernetesClient client) {
        Optional<Inventory> inventory = InventoryStore.read(ApiReader.of(client));
        if (inventory.isEmpty()) {
            return List.of(BundleFile.of("inventory.txt", "There is no inventory."));
        }
        String objects = inventory.get().objects().entrySet().stream()
                .map(component -> component.getKey() + "\n"
                        + component.getValue().stream()
                                .map(ref -> "  " + ref.text() + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
        String status = new WorkloadReader(client)
                .reports(inventory.get().all()).stream().map(BundleReader::line).collect(Collectors.joining("\n"));
        return List.of(
                BundleFile.of("workloads.txt", status),
                BundleFile.of(
                        "inventory.txt",
                        "release " + inventory.get().release() + ", profile "
                                + inventory.get().profile() + "\npatches "
                                + String.join(", ", inventory.get().patches()) + "\n\n" + objects));
    }

    private static String line(WorkloadReport report) {
        return (report.status().isCurrent() ? "ready      " : "NOT READY  ")
                + report.ref().namespace() + "/" + report.line();
    }

    private static List<BundleFile> events(KubernetesClient client) {
        String lines = client.resources(Event.class).inAnyNamespace().list().getItems().stream()
                .sorted(Comparator.comparing(BundleReader::time))
                .map(BundleReader::line)
                .collect(Collectors.joining("\n"));
        return List.of(BundleFile.log("events.txt", lines));
    }

    private static String time(Event event) {
        return Stream.of(event.getLastTimestamp(), event.getMetadata().getCreationTimestamp())
                .filter(time -> time != null)
                .findFirst()
                .orElse("");
    }

    private static String line(Event event) {
        ObjectReference object = event.getInvolvedObject();
        return String.join(
                "  ",
                time(event),
                String.valueOf(event.getType()),
                String.valueOf(event.getReason()),
                object.getKind() + " " + object.getNamespace() + "/" + object.getName(),
                String.valueOf(event.getMessage()));
    }
}
