package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.check.Finding;
import dev.kfmr.check.HostReader;
import dev.kfmr.check.Severity;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.doctor.MachineLooks.Machine;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at everything that an installation stands on, from the machine up, and says what is wrong. A layer that is away
 * ends the looking at those above it: what they would say is its consequence. Looking changes nothing.
 */
public final class Doctor {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** A browser's whole way in, of a dozen requests. */
    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(20);

    private final DoctorInput input;

    public Doctor(DoctorInput input) {
        this.input = input;
    }

    /** The machine and its engine alone, before anything is installed: what is to be is taken from the installation. */
    public Diagnosis beforeInstall(Selection selection) {
        try (Looks looks = new Looks()) {
            var asked = looks.start("the environment's plan", LIMIT, input.installation()::get);
            MachineLooks machine = new MachineLooks(looks, input.environment());
            Installation installation = asked.result().orElse(Installation.unknown());
            var ports = ports(looks, installation);
            List<Fault> faults =
                    new ArrayList<>(machine.read(installation.room()).faults());
            faults.addAll(ports.result().orElse(List.of()));
            return Diagnosis.of(faults, looks.unread()).of(selection.ids());
        }
    }

    /** Everything, of the environment of that name. @throws KfmrException exit 130 when interrupted */
    public Diagnosis whole(String name, Selection selection) {
        try (Looks looks = new Looks();
                Looks above = new Looks()) {
            var asked = looks.start("the environment's plan", LIMIT, input.installation()::get);
            Optional<Machine> machine = input.context().isPresent() ? Optional.empty() : Optional.of(machine(looks));
            Installation installation = asked.result().orElse(Installation.unknown());
            var ports = ports(looks, installation);
            Optional<String> changedBy =
                    EnvironmentLock.heldBy(input.directories().environment(name));
            Scope scope = new Scope(name, installation, selection, changedBy, above);
            List<Fault> faults = new ArrayList<>(
                    machine.map(found -> onThisMachine(scope, found)).orElseGet(() -> inExistingCluster(scope)));
            faults.addAll(ports.result().orElse(List.of()));
            List<Unread> unread = new ArrayList<>(looks.unread());
            // What stands on the engine is looked at for what it tells of the machine, too; to see it is not asked for.
            if (selection.reachesAboveTheEngine()) {
                unread.addAll(above.unread());
            }
            return Diagnosis.of(faults, unread).of(selection.ids());
        }
    }

    private List<Fault> onThisMachine(Scope scope, Machine machine) {
        List<Fault> faults = new ArrayList<>(machine.faults());
        machine.engine().ifPresentOrElse(engine -> faults.addAll(aboveTheEngine(scope, engine)), () -> scope.looks()
                .couldNotLook("the cluster", "the engine that it runs in does not answer"));
        return faults;
    }

    /**
     * Makes one change.
     *
     * @throws KfmrException exit 3 when the cluster is not kfmr's, or what it was to change does not answer
     */
    public void apply(Fix fix, String name) {
        fix.change()
                .apply(new Reach(
                        name,
                        () -> ownClusters(name),
                        input.userKubeconfig(),
                        new EnvironmentStore(input.directories())));
    }

    private KindClusters ownClusters(String name) {
        KindClusters clusters = clusters(Engines.find(input.environment()));
        if (clusters.state(name) == ClusterState.FOREIGN) {
            Finding foreign = CheckCatalogue.shipped().get("cluster.foreign").found(Map.of("name", name));
            throw new KfmrException(
                    ExitCode.ENVIRONMENT, foreign.id(), foreign.what(), foreign.why(), foreign.remedy());
        }
        return clusters;
    }

    /** Under an installation that is there. */
    private Machine machine(Looks looks) {
        return new MachineLooks(looks, input.environment()).read(Room.nothingMore());
    }

    private Looks.Pending<List<Fault>> ports(Looks looks, Installation installation) {
        return looks.start("the local ports", LIMIT, () -> ports(installation));
    }

    private List<Fault> ports(Installation installation) {
        List<ForwardSpec> forwards = installation.forwards();
        Set<Integer> wanted = forwards.stream().map(ForwardSpec::localPort).collect(Collectors.toSet());
        return ForwardFaults.of(
                forwards, new HostReader().read(input.environment(), wanted).takenPorts());
    }

    private List<Fault> aboveTheEngine(Scope scope, Engine engine) {
        String name = scope.name();
        Looks looks = scope.looks();
        KindClusters clusters = clusters(engine);
        var context = looks.start("your kubeconfig", LIMIT, () -> context(name));
        Optional<ClusterState> state = looks.start("the cluster's containers", LIMIT, () -> clusters.state(name))
                .result();
        if (state.isEmpty()) {
            return List.of();
        }
        List<Fault> faults = new ArrayList<>();
        switch (state.get()) {
            case RUNNING -> faults.addAll(running(scope, clusters, engine));
            case STOPPED -> {
                faults.addAll(new NodeFaults(engine.kind().program()).ofContainers(clusters.containers(name)));
                looks.couldNotLook("what runs in the cluster", "not all of its nodes run");
            }
            case ABSENT, FOREIGN, UNFINISHED -> {
                String id = "cluster." + state.get().name().toLowerCase(Locale.ROOT);
                Check check = CheckCatalogue.shipped().get(id);
                Severity severity = scope.changedBy().isPresent() ? Severity.NOTE : check.severity();
                faults.add(Fault.of(check.found(severity, Map.of("name", name))));
                looks.couldNotLook(
                        "what runs in the cluster",
                        scope.changedBy()
                                .map(who -> who + ", is at work on it")
                                .orElse("there is none that can be used"));
                return faults;
            }
        }
        faults.addAll(context.result().orElse(List.of()));
        return faults;
    }

    private List<Fault> context(String name) {
        UserKubeconfig kubeconfig = input.userKubeconfig();
        if (kubeconfig.has(name)) {
            return List.of();
        }
        String files = kubeconfig.files().stream().map(Path::toString).collect(Collectors.joining(", "));
        String context = UserKubeconfig.contextOf(name);
        return List.of(Fault.of(
                CheckCatalogue.shipped().get("cluster.context").found(Map.of("context", context, "files", files)),
                Fixes.addContext("kind export kubeconfig --name " + name + " --kubeconfig " + kubeconfig.target()
                        + "   # but the current context stays")));
    }

    private List<Fault> running(Scope scope, KindClusters clusters, Engine engine) {
        String name = scope.name();
        Looks looks = scope.looks();
        List<Fault> faults = new ArrayList<>();
        NodeLooks nodes = new NodeLooks(name, clusters, engine.kind().program());
        var inside = looks.start(
                "what the nodes say",
                LIMIT,
                () -> nodes.faults(scope.installation().hasMesh()));
        try (ClusterConnection connection = input.connect(name)) {
            Circumstances circumstances = circumstances(scope, clusters);
            faults.addAll(behindTheApiServer(scope, connection.client(), circumstances, Optional.of(nodes)));
        } catch (KfmrException e) {
            if (e.isInterrupt() || !CheckCatalogue.shipped().has(e.code())) {
                throw e;
            }
            faults.add(Fault.of(e));
            looks.couldNotLook("what runs in the cluster", "there are no credentials for it");
        }
        faults.addAll(inside.result().orElse(List.of()));
        return faults;
    }

    /** Of a cluster that kfmr did not make it sees what the API server tells, and mends nothing. */
    private List<Fault> inExistingCluster(Scope scope) {
        Circumstances circumstances = new Circumstances(
                Instant.now(), Instant.EPOCH, scope.changedBy().isPresent());
        try (ClusterConnection connection = input.connect(scope.name())) {
            return behindTheApiServer(scope, connection.client(), circumstances, Optional.empty()).stream()
                    .map(Fault::withoutFix)
                    .toList();
        }
    }

    /** @param nodes where they can be looked into */
    private List<Fault> behindTheApiServer(
            Scope scope, KubernetesClient client, Circumstances circumstances, Optional<NodeLooks> nodes) {
        Optional<String> refusal = scope.looks()
                .start("the API server", LIMIT, () -> refusal(client))
                .result();
        if (refusal.isPresent() && refusal.get().isEmpty()) {
            return inside(scope, new ClusterLooks(client, scope, input, circumstances, nodes));
        }
        scope.looks().couldNotLook("what runs in the cluster", "its API server does not answer");
        Check check = CheckCatalogue.shipped().get("cluster.api-server");
        Severity severity = circumstances.areNodesStarting() ? Severity.NOTE : check.severity();
        return List.of(Fault.of(
                check.found(severity, Map.of("name", scope.name(), "answer", refusal.orElse("no answer in time")))));
    }

    /** What runs in the cluster, and when nothing of it is wrong, whether it answers, and people get in. */
    private List<Fault> inside(Scope scope, ClusterLooks cluster) {
        List<Fault> faults = new ArrayList<>(cluster.faults());
        if (scope.changedBy().isPresent()
                || faults.stream().anyMatch(fault -> fault.finding().severity() == Severity.FAILURE)) {
            return faults;
        }
        faults.addAll(cluster.answers(faults));
        if (scope.selection().has(CheckGroup.LOGIN)) {
            scope.looks()
                    .start("the login", LOGIN_LIMIT, input.login()::get)
                    .result()
                    .flatMap(finding -> finding)
                    .ifPresent(finding -> faults.add(Fault.of(finding)));
        }
        return faults;
    }

    private static Circumstances circumstances(Scope scope, KindClusters clusters) {
        Instant started = scope.looks()
                .start("when the nodes were started", LIMIT, () -> clusters.startedAt(scope.name()))
                .result()
                .flatMap(time -> time)
                .orElse(Instant.EPOCH);
        return new Circumstances(Instant.now(), started, scope.changedBy().isPresent());
    }

    /** What the API server says instead of being ready; empty when it is. */
    private static String refusal(KubernetesClient client) {
        try {
            client.raw("/readyz");
            return "";
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return client.getMasterUrl() + ": " + (cause.getMessage() == null ? cause : cause.getMessage());
        }
    }

    /** Only the engine is asked here: kind itself is not needed to look, nor to mend. */
    private KindClusters clusters(Engine engine) {
        return new KindClusters(Path.of("kind"), engine, input.directories());
    }
}
