package dev.kfmr.install;

import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.apply.Refusal;
import dev.kfmr.check.Finding;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.profile.Profile;
import dev.kfmr.ready.WorkloadReader;
import dev.kfmr.ready.WorkloadReport;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentStore;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at an installation once: what its inventory says, and how each workload is. Changes nothing. */
public final class StatusReader {
    private final Surroundings surroundings;
    private final EnvironmentStore store;
    private final EarlyLook early;

    public StatusReader(Surroundings surroundings) {
        this(surroundings, EarlyLook.none());
    }

    /** @param early stands for the first look, if it is at the same cluster */
    public StatusReader(Surroundings surroundings, EarlyLook early) {
        this.surroundings = surroundings;
        this.early = early;
        this.store = new EnvironmentStore(surroundings.directories());
    }

    /** @throws KfmrException exit 3: {@code environment.missing}, {@code cluster.unreachable} */
    public InstallationStatus read(String name) {
        Environment environment = environment(name);
        try (ClusterLook look = look(name, environment.context())) {
            Choice choice = choice(environment);
            Profile profile = Preparation.profile(choice);
            ClusterLook.Seen seen = look.seen().orElseThrow(() -> nothingInstalled(name));
            Inventory inventory = seen.inventory();
            List<InstallationStatus.Component> components = components(inventory, seen.workloads());
            boolean canSignIn = profile.login().isPresent() && InstallationStatus.areReady(components);
            Optional<Finding> login = canSignIn
                    ? WayIn.of(look.connection(), Preparation.plan(choice, profile), name, store)
                            .flatMap(WayIn::look)
                    : Optional.empty();
            return new InstallationStatus(
                    environment,
                    environment.context().orElse(UserKubeconfig.contextOf(name)),
                    inventory.release(),
                    profile,
                    forwards(profile, inventory),
                    components,
                    login);
        } catch (KubernetesClientException e) {
            throw unreachable(name, e);
        }
    }

    private ClusterLook look(String name, Optional<String> context) {
        Optional<ClusterLook> begun = context.isPresent() ? Optional.empty() : early.take(name);
        return begun.orElseGet(() -> new ClusterLook(() -> connect(name, context)));
    }

    /** What is wrong with the way in; empty where no login is known of, and when it works. @throws KfmrException exit 3 */
    public Optional<Finding> login(String name) {
        return store.load(name, surroundings.progress()::warning).flatMap(environment -> login(name, environment));
    }

    private Optional<Finding> login(String name, Environment environment) {
        try (ClusterConnection connection = connect(name, environment.context())) {
            return WayIn.of(connection, plan(environment), name, store).flatMap(WayIn::look);
        }
    }

    /** @throws KfmrException exit 3, {@code environment.missing} */
    Environment environment(String name) {
        return store.load(name, surroundings.progress()::warning).orElseThrow(() -> missing(name, store.names()));
    }

    /** What the environment was last asked to be. */
    Plan plan(Environment environment) {
        return new Preparation(surroundings).plan(choice(environment));
    }

    private static Choice choice(Environment environment) {
        return Choice.of(environment, Choice.Asked.nothing());
    }

    /** Those to what is there; to know that, no release set is read. */
    private static List<ForwardSpec> forwards(Profile profile, Inventory inventory) {
        List<ForwardSpec> forwards = new ArrayList<>();
        for (ForwardSpec forward : profile.forwards()) {
            if (inventory.objects().containsKey(forward.component())) {
                forwards.add(forward);
            }
        }
        return forwards;
    }

    /** A connection to an environment's cluster. @throws KfmrException exit 3 when there is none */
    public ClusterConnection connect(String name) {
        return connect(name, store.load(name, surroundings.progress()::warning).flatMap(Environment::context));
    }

    private ClusterConnection connect(String name, Optional<String> context) {
        if (context.isPresent()) {
            return ClusterConnection.toContext(context.get());
        }
        Path kubeconfig = store.kubeconfig(name);
        if (!Files.exists(kubeconfig)) {
            throw missing(name, store.names());
        }
        return ClusterConnection.toKubeconfig(kubeconfig);
    }

    private static List<InstallationStatus.Component> components(Inventory inventory, WorkloadReader workloads) {
        Map<ObjectRef, WorkloadReport> reports = new HashMap<>();
        for (WorkloadReport report : workloads.reports(inventory.all())) {
            reports.put(report.ref(), report);
        }
        List<InstallationStatus.Component> components = new ArrayList<>();
        for (Map.Entry<String, List<ObjectRef>> component : inventory.objects().entrySet()) {
            components.add(component(component.getKey(), component.getValue(), reports));
        }
        return components;
    }

    private static InstallationStatus.Component component(
            String name, List<ObjectRef> refs, Map<ObjectRef, WorkloadReport> reports) {
        int total = 0;
        List<String> waiting = new ArrayList<>();
        for (ObjectRef ref : refs) {
            WorkloadReport report = reports.get(ref);
            if (report != null) {
                total++;
                if (!report.status().isCurrent()) {
                    waiting.add(report.line());
                }
            }
        }
        return new InstallationStatus.Component(name, total - waiting.size(), total, waiting);
    }

    static KfmrException missing(String name, List<String> known) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "environment.missing",
                "There is no environment " + name + ".",
                known.isEmpty() ? "kfmr has installed nothing yet." : "There are: " + String.join(", ", known) + ".",
                (known.isEmpty() ? "Install it: " : "Name one of these with --name.\nOr install it: ")
                        + "kfmr up --mode standalone --name " + name);
    }

    private static KfmrException nothingInstalled(String name) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "environment.empty",
                "The cluster " + name + " has no installation yet.",
                "It holds no inventory: an up was ended before it began to apply.",
                "Run kfmr up: it goes on from there.");
    }

    private static KfmrException unreachable(String name, KubernetesClientException e) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "cluster.unreachable",
                "The cluster " + name + " does not answer.",
                Refusal.of(e).words(),
                "If its container was stopped or deleted, kfmr up starts or makes it anew.",
                e);
    }
}
