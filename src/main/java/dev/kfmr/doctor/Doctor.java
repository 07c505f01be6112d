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
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.WorkloadReader;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
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
    /** Without these, names, service addresses or volumes do not work; kind brings them. */
    private static final List<ObjectRef> SYSTEM = List.of(
            new ObjectRef("apps", "v1", "Deployment", "kube-system", "coredns"),
            new ObjectRef("apps", "v1", "DaemonSet", "kube-system", "kube-proxy"),
            new ObjectRef("apps", "v1", "Deployment", "local-path-storage", "local-path-provisioner"));

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
        look("the cluster " + name, () -> cluster(name, engine.get()));
        return new Diagnosis(findings, unread);
    }

    private List<Finding> cluster(String name, Engine engine) {
        // Only the engine is asked here: kind itself is not needed to look.
        KindClusters clusters = new KindClusters(Path.of("kind"), engine, directories);
        ClusterState state = clusters.state(name);
        if (state == ClusterState.RUNNING) {
            inside(name, clusters);
            return List.of();
        }
        unread.add("what runs in the cluster: it is " + state.name().toLowerCase(Locale.ROOT));
        return List.of(ClusterFindings.CATALOGUE
                .get("cluster." + state.name().toLowerCase(Locale.ROOT))
                .found(Map.of("name", name)));
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
            findings.add(found(e));
            return Optional.empty();
        }
    }

    private static Finding found(KfmrException e) {
        return new Finding(e.code(), Severity.FAILURE, e.what(), e.why(), "", e.remedy(), "");
    }

    private void inside(String name, KindClusters clusters) {
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.kubeconfig(name))) {
            KubernetesClient client = connection.client();
            if (!answers(client, name)) {
                return;
            }
            look(
                    "the nodes",
                    () -> ClusterFindings.ofNodes(client.nodes().list().getItems()));
            look(
                    "the StorageClasses",
                    () -> ClusterFindings.ofStorageClasses(
                            client.storage().v1().storageClasses().list().getItems()));
            look("the workloads", () -> workloads(name, client));
        }
    }

    private boolean answers(KubernetesClient client, String name) {
        try {
            client.raw("/readyz");
            return true;
        } catch (KubernetesClientException e) {
            findings.add(ClusterFindings.CATALOGUE
                    .get("cluster.api-server")
                    .found(Map.of("name", name, "answer", String.valueOf(e.getMessage()))));
            unread.add("what runs in the cluster: its API server does not answer");
            return false;
        }
    }

    /** One look that fails takes no other along. */
    private void look(String what, Supplier<List<Finding>> look) {
        try {
            findings.addAll(look.get());
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            findings.add(found(e));
            unread.add(what + ": " + e.what());
        } catch (RuntimeException e) {
            unread.add(what + ": " + e.getMessage());
        }
    }

    private List<Finding> workloads(String name, KubernetesClient client) {
        WorkloadReader reader = new WorkloadReader(client);
        List<Finding> found = new ArrayList<>(system(reader));
        Optional<Inventory> inventory = new InventoryStore(new ApiObjects(client)).read();
        if (inventory.isEmpty()) {
            found.add(ClusterFindings.CATALOGUE.get("cluster.nothing-installed").found(Map.of("name", name)));
        }
        inventory.ifPresent(
                known -> found.addAll(ClusterFindings.ofWorkloads(reader.reports(known.all()), deadImages)));
        return found;
    }

    private static List<Finding> system(WorkloadReader reader) {
        ClusterView view = reader.workloads();
        Set<ObjectRef> scaledToZero = SYSTEM.stream()
                .filter(ref -> view.find(ref)
                        .filter(workload -> workload instanceof Deployment deployment
                                && Integer.valueOf(0)
                                        .equals(deployment.getSpec().getReplicas()))
                        .isPresent())
                .collect(Collectors.toSet());
        return ClusterFindings.ofSystem(reader.reports(SYSTEM), scaledToZero);
    }
}
