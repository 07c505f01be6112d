package dev.kfmr.doctor;

import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.check.Severity;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.StartNeeds;
import dev.kfmr.ready.WorkloadReader;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The looks at what is in a cluster whose API server answers, side by side.
 *
 * @param nodes where they can be looked into
 */
record ClusterLooks(
        KubernetesClient client,
        Scope scope,
        DoctorInput input,
        Circumstances circumstances,
        Optional<NodeLooks> nodes) {
    /** Far more than they take: on a machine that is short of CPU, each is one of a dozen that want it at once. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    List<Fault> faults() {
        Selection selection = scope.selection();
        Map<String, Callable<List<Fault>>> all = new LinkedHashMap<>();
        // A cause of one group is told with the findings of another.
        boolean isAskedFor = Stream.of(CheckGroup.NODE, CheckGroup.CLUSTER, CheckGroup.WORKLOAD, CheckGroup.FUNCTION)
                .anyMatch(selection::has);
        if (isAskedFor) {
            all.put(
                    "the nodes",
                    () -> FoundationFaults.ofNodes(client.nodes().list().getItems(), program()));
            all.put("the volumes", this::volumes);
            all.put("the workloads", this::workloads);
            all.put("the webhooks", () -> WebhookFaults.read(client, circumstances));
            all.put("the certificates", () -> CertificateFaults.read(client, circumstances));
            if (scope.installation().hasMesh()) {
                all.put("the sidecars", () -> SidecarFaults.read(client, circumstances));
                all.put("the place of the registry", () -> RegistryFaults.read(client));
                all.put("the namespaces of profiles", () -> ArtifactFaults.read(client, circumstances));
            }
            all.put(
                    "the namespaces",
                    () -> FoundationFaults.ofNamespaces(
                            client.namespaces().list().getItems(), circumstances.now()));
            all.put("the runs", () -> RunFaults.read(client, circumstances, program()));
            all.put("the runs that failed", () -> VersionFaults.read(client, circumstances));
            all.put("the client of Pipelines", this::pythonClient);
            all.put("kubectl", this::kubectl);
            nodes.ifPresent(each -> all.put("the way from the nodes to registries", () -> each.registries(images())));
        }
        List<Looks.Pending<List<Fault>>> pending = new ArrayList<>();
        all.forEach((what, look) -> pending.add(scope.looks().start(what, LIMIT, look)));
        List<Fault> faults = new ArrayList<>();
        pending.forEach(look -> faults.addAll(look.result().orElse(List.of())));
        return faults;
    }

    /** Of the engine. Of another cluster than kfmr's nobody knows what it runs in: images come from this machine's. */
    private String program() {
        return nodes.map(NodeLooks::program).orElse(EngineKind.DOCKER.program());
    }

    private List<Deployment> deployments() {
        return client.apps().deployments().inAnyNamespace().list().getItems();
    }

    /**
     * Whether services answer. Behind a login that is a matter of the way in, which is looked at as a whole.
     *
     * @param found so far: a pod that is not ready says more than that its service does not answer
     */
    List<Fault> answers(List<Fault> found) {
        boolean isAllReady =
                found.stream().noneMatch(fault -> fault.finding().id().startsWith(CheckGroup.WORKLOAD.id() + "."));
        return isAllReady
                        && scope.selection().has(CheckGroup.FUNCTION)
                        && !scope.installation().hasMesh()
                ? scope.looks()
                        .start(
                                "whether services answer",
                                LIMIT,
                                () -> AnswerFaults.read(
                                        client, scope.installation().forwards()))
                        .result()
                        .orElse(List.of())
                : List.of();
    }

    private List<Fault> pythonClient() {
        Optional<String> installed = ClientFaults.installed(input.environment());
        return installed.isEmpty() ? List.of() : ClientFaults.of(installed, deployments());
    }

    private List<Fault> kubectl() {
        return ClientFaults.kubectl(input.environment())
                .map(version -> ClientFaults.ofKubectl(
                        version, client.getKubernetesVersion().getGitVersion()))
                .orElse(List.of());
    }

    private Set<String> images() {
        return deployments().stream()
                .flatMap(each -> each.getSpec().getTemplate().getSpec().getContainers().stream())
                .map(Container::getImage)
                .collect(Collectors.toSet());
    }

    private List<Fault> volumes() {
        return FoundationFaults.ofVolumes(
                client.storage().v1().storageClasses().list().getItems(),
                client.persistentVolumeClaims().inAnyNamespace().list().getItems(),
                circumstances.now());
    }

    private List<Fault> workloads() {
        WorkloadReader reader = new WorkloadReader(client);
        List<Fault> faults = new ArrayList<>(system(reader));
        Optional<Inventory> inventory = InventoryStore.read(ApiReader.of(client));
        if (inventory.isEmpty()) {
            Check check = CheckCatalogue.shipped().get("cluster.nothing-installed");
            Severity severity = scope.changedBy().isPresent() ? Severity.NOTE : check.severity();
            faults.add(Fault.of(check.found(severity, Map.of("name", scope.name()))));
            return faults;
        }
        List<WorkloadReport> reports = reader.reports(inventory.get().all());
        Map<ObjectRef, List<ObjectRef>> needs = needs(scope.installation(), inventory.get());
        faults.addAll(new WorkloadFaults(
                        view(reader, reports),
                        client.nodes().list().getItems(),
                        input.findings().speakingOf(program()),
                        needs,
                        scope.installation().fallbacks(),
                        circumstances)
                .of(reports));
        return faults;
    }

    /** What kind brings: of another cluster nobody knows what it brings. */
    private List<Fault> system(WorkloadReader reader) {
        if (input.context().isPresent()) {
            return List.of();
        }
        List<WorkloadReport> reports = reader.reports(SystemFaults.workloads());
        return SystemFaults.of(reports, view(reader, reports), circumstances);
    }

    /** Pods are read only where one is not ready. */
    private static ClusterView view(WorkloadReader reader, List<WorkloadReport> reports) {
        boolean areReady = reports.stream().allMatch(report -> report.status().isCurrent());
        return areReady ? reader.workloads() : reader.detailed();
    }

    private static Map<ObjectRef, List<ObjectRef>> needs(Installation installation, Inventory inventory) {
        Map<ComponentSpec, List<ObjectRef>> workloads = new LinkedHashMap<>();
        for (ComponentSpec component : installation.components()) {
            workloads.put(
                    component,
                    inventory.objects().getOrDefault(component.name(), List.of()).stream()
                            .filter(ref -> Readiness.isWorkload(ref.group(), ref.kind()))
                            .toList());
        }
        return StartNeeds.of(workloads);
    }
}
