package dev.kfmr.doctor;

import dev.kfmr.apply.ApiObjects;
import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.Finding;
import dev.kfmr.check.HostReader;
import dev.kfmr.check.Preflight;
import dev.kfmr.check.PreflightInput;
import dev.kfmr.check.Severity;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.core.Directories;
import dev.kfmr.core.KfmrException;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.ready.ApiPodLogs;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at everything that an installation stands on, from the machine up, and says what is wrong. A layer that is away
 * ends the looking at those above it: what they would say is its consequence. Changes nothing.
 */
public final class Doctor {
    private static final Set<String> SYSTEM_NAMESPACES = Set.of("kube-system", "local-path-storage");

    private final Directories directories;
    private final Map<String, String> environment;
    private final Map<String, String> deadImages;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    /** @param deadImages image that is known to be gone or to crash, to what stands in for it */
    public Doctor(Directories directories, Map<String, String> environment, Map<String, String> deadImages) {
        this.directories = directories;
        this.environment = Map.copyOf(environment);
        this.deadImages = Map.copyOf(deadImages);
    }

    /** The machine and its engine alone, before anything is installed. */
    public Diagnosis beforeInstall() {
        engine();
        return new Diagnosis(findings, unread);
    }

    /** Everything, of the environment of that name. */
    public Diagnosis whole(String name) {
        Optional<Engine> engine = engine();
        if (engine.isEmpty()) {
            unread.add("the cluster: the engine that it runs in does not answer");
            return new Diagnosis(findings, unread);
        }
        // Only the engine is asked here: kind itself is not needed to look.
        KindClusters clusters = new KindClusters(Path.of("kind"), engine.get(), directories);
        ClusterState state = clusters.state(name);
        if (state != ClusterState.RUNNING) {
            findings.add(ClusterFindings.CATALOGUE
                    .get("cluster." + state.name().toLowerCase(Locale.ROOT))
                    .found(Map.of("name", name)));
            unread.add("what runs in the cluster: it is " + state.name().toLowerCase(Locale.ROOT));
            return new Diagnosis(findings, unread);
        }
        inside(name, clusters);
        return new Diagnosis(findings, unread);
    }

    private Optional<Engine> engine() {
        try {
            Engine engine = Engines.find(environment);
            findings.addAll(Preflight.run(new PreflightInput(
                    engine.facts(),
                    new HostReader().read(environment, Set.of()),
                    new MachineNeeds(0, 0, 0),
                    RequestPolicy.LOWERED,
                    Map.of(),
                    engine.kindSubnets())));
            return Optional.of(engine);
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            findings.add(new Finding(e.code(), Severity.FAILURE, e.what(), e.why(), "", e.remedy(), ""));
            return Optional.empty();
        }
    }

    private void inside(String name, KindClusters clusters) {
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.kubeconfig(name))) {
            KubernetesClient client = connection.client();
            client.raw("/readyz");
            ClusterView view = ClusterView.read(client);
            look(
                    "the nodes",
                    () -> ClusterFindings.ofNodes(client.nodes().list().getItems()));
            look(
                    "the StorageClasses",
                    () ->
                            ClusterFindings.ofStorageClasses(client.storage()
                                            .v1()
                                            .storageClasses()
                                            .list()
                                            .getItems())
                                    .stream()
                                    .toList());
            look("Kubernetes' own workloads", () -> system(view, client));
            look("the installation", () -> installation(view, client));
        } catch (KubernetesClientException | KfmrException e) {
            if (e instanceof KfmrException known && known.isInterrupt()) {
                throw known;
            }
            findings.add(ClusterFindings.CATALOGUE
                    .get("cluster.api-server")
                    .found(Map.of("name", name, "answer", String.valueOf(e.getMessage()))));
            unread.add("what runs in the cluster: its API server does not answer");
        }
    }

    /** One look that fails takes no other along. */
    private void look(String what, Supplier<List<Finding>> look) {
        try {
            findings.addAll(look.get());
        } catch (KubernetesClientException e) {
            unread.add(what + ": " + e.getMessage());
        }
    }

    private static List<Finding> system(ClusterView view, KubernetesClient client) {
        List<HasMetadata> workloads = new ArrayList<>();
        for (String namespace : SYSTEM_NAMESPACES) {
            workloads.addAll(
                    client.apps().deployments().inNamespace(namespace).list().getItems());
            workloads.addAll(
                    client.apps().daemonSets().inNamespace(namespace).list().getItems());
        }
        Set<ObjectRef> scaledToZero = workloads.stream()
                .filter(workload -> workload instanceof Deployment deployment
                        && Integer.valueOf(0).equals(deployment.getSpec().getReplicas()))
                .map(Doctor::ref)
                .collect(Collectors.toSet());
        return ClusterFindings.ofSystem(
                reports(workloads.stream().map(Doctor::ref).toList(), view, client), scaledToZero);
    }

    private List<Finding> installation(ClusterView view, KubernetesClient client) {
        Optional<Inventory> inventory = new InventoryStore(new ApiObjects(client)).read();
        List<ObjectRef> workloads = inventory.stream()
                .flatMap(known -> known.all().stream())
                .filter(ref -> Readiness.isWorkload(ref.group(), ref.kind()))
                .toList();
        return ClusterFindings.ofWorkloads(reports(workloads, view, client), deadImages);
    }

    private static List<WorkloadReport> reports(List<ObjectRef> refs, ClusterView view, KubernetesClient client) {
        return refs.stream()
                .map(ref -> WorkloadReport.of(ref, view, new ApiPodLogs(client), Instant.now()))
                .toList();
    }

    private static ObjectRef ref(HasMetadata object) {
        return new ObjectRef(
                "apps",
                "v1",
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }
}
