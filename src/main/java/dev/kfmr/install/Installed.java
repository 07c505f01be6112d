package dev.kfmr.install;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.forward.TemporaryForward;
import dev.kfmr.pipelines.PipelinesClient;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Connect;
import dev.kfmr.profile.Endpoint;
import dev.kfmr.registry.RegistryClient;
import dev.kfmr.rest.RestClient;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs of an installation, for one command: reached through forwards of its own, so that no {@code kfmr forward}
 * has to run. Close it.
 */
public final class Installed implements AutoCloseable {
    private static final String PIPELINES = "Kubeflow Pipelines";
    private static final String REGISTRY = "The Model Registry";

    private final Plan plan;
    private final Connect connect;
    private final ClusterConnection connection;
    private final Progress progress;
    private final List<TemporaryForward> forwards = new ArrayList<>();
    private final Map<Endpoint, RestClient> opened = new HashMap<>();

    private Installed(Plan plan, ClusterConnection connection, Progress progress) {
        this.plan = plan;
        this.connect = connect(plan);
        this.connection = connection;
        this.progress = progress;
    }

    /**
     * @throws KfmrException exit 3 {@code environment.missing}; exit 2 {@code connect.unknown} for a profile that does
     *     not say how it is reached
     */
    public static Installed of(String name, Surroundings surroundings) {
        ClusterConnection connection = new StatusReader(surroundings).connect(name);
        try {
            Plan plan = new Preparation(surroundings).plan(name);
            return new Installed(plan, connection, surroundings.progress());
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** @throws KfmrException exit 2, {@code connect.unknown} */
    public static Connect connect(Plan plan) {
        return plan.profile()
                .connect()
                .orElseThrow(() -> new KfmrException(
                        ExitCode.USAGE,
                        "connect.unknown",
                        "The profile " + plan.profile().name() + " does not say how its programs are reached.",
                        "It has no section connect.",
                        "Add one, as in the profile standalone: docs/profiles.md"));
    }

    public Plan plan() {
        return plan;
    }

    public Connect connect() {
        return connect;
    }

    public KubernetesClient client() {
        return connection.client();
    }

    /** @throws KfmrException exit 2, {@code component.absent} */
    public PipelinesClient pipelines() {
        return new PipelinesClient(rest(PIPELINES, pipelines(plan)), connect.isMultiUser() ? connect.namespace() : "");
    }

    /** @throws KfmrException exit 2, {@code component.absent} */
    public RegistryClient registry() {
        return new RegistryClient(rest(REGISTRY, registryEndpoint()));
    }

    /** @throws KfmrException exit 2, {@code component.absent} */
    public Endpoint registryEndpoint() {
        return registry(plan);
    }

    /** @throws KfmrException exit 2, {@code component.absent} */
    public static Endpoint registry(Plan plan) {
        return plan.registry().orElseThrow(() -> absent(REGISTRY));
    }

    /** @throws KfmrException exit 2, {@code component.absent} */
    public static Endpoint pipelines(Plan plan) {
        return plan.pipelines().orElseThrow(() -> absent(PIPELINES));
    }

    private RestClient rest(String program, Endpoint endpoint) {
        return opened.computeIfAbsent(endpoint, wanted -> open(program, wanted));
    }

    private RestClient open(String program, Endpoint endpoint) {
        TemporaryForward forward = TemporaryForward.open(client(), endpoint.toForward());
        forwards.add(forward);
        return RestClient.of(program, forward.uri().resolve(endpoint.api()))
                .withHeaders(connect.headers())
                .withReason(forward::problem)
                .onWaiting(text -> progress.step(Stage.RUN, text));
    }

    private static KfmrException absent(String program) {
        return new KfmrException(
                ExitCode.USAGE,
                "component.absent",
                program + " is not installed.",
                "The environment is without the component that brings it.",
                "See what it has: kfmr status");
    }

    @Override
    public void close() {
        forwards.forEach(TemporaryForward::close);
        connection.close();
    }
}
