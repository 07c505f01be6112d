package dev.kfmr.install;

import dev.kfmr.apply.ApiObjects;
import dev.kfmr.apply.Applier;
import dev.kfmr.apply.ClusterObjects;
import dev.kfmr.apply.ClusterObjects.Applied;
import dev.kfmr.apply.KindCatalog;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.apply.Refusal;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.doctor.WorkloadFinding;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.FallbackImages;
import dev.kfmr.profile.Gate;
import dev.kfmr.ready.ApiPodLogs;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.ClusterWatch;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.ServiceEndpoints;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Brings a cluster from any state to what a plan says, and waits until it is so: applies the components, each after
 * those that it needs and otherwise side by side; prunes what left the plan; watches, and mends what is known to break;
 * and returns when every workload has been ready for a while.
 *
 * <p>Safe to run on a cluster in any state: again after it was killed, after an object was deleted, after the profile
 * changed. Where all is as it should be it writes nothing, and takes as long as looking takes.
 */
public final class Rollout {
    /** Between two looks at the view during a storm of changes, and while there are none. */
    private static final Duration AT_LEAST = Duration.ofMillis(100);

    private static final Duration AT_MOST = Duration.ofMillis(500);
    private static final Duration GATE_PAUSE = Duration.ofMillis(200);
    /** An API server that restarts is back in less. */
    private static final Duration PATIENCE_WITHOUT_SIGHT = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final Map<String, String> options;
    private final Optional<EngineKind> engine;
    private final Clock clock = Clock.systemUTC();

    /**
     * @param options those that shape the installation, for the inventory: name to value
     * @param engine of a cluster that kfmr made, where it may mend what the cluster itself comes with; empty for another
     */
    public Rollout(KubernetesClient client, Map<String, String> options, Optional<EngineKind> engine) {
        this.client = client;
        this.options = Map.copyOf(options);
        this.engine = engine;
    }

    /**
     * @throws KfmrException exit 5, {@code not-ready}, when the deadline passes before everything is ready; exit 4 when
     *     the cluster refuses an object; exit 3 when it does not answer
     */
    public RolloutResult run(Rendered rendered, Plan plan, Deadline deadline, Progress progress) {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "kfmr-rollout");
            thread.setDaemon(true);
            return thread;
        });
        ClusterObjects objects = new ApiObjects(client);
        try (Applier applier = new Applier(objects, kept(plan));
                ClusterWatch watch = ClusterWatch.start(client, deadline)) {
            return new Run(rendered, plan, deadline, progress, objects, applier, watch).run(threads);
        } catch (KubernetesClientException e) {
            throw unreachable(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What users may have changed. */
    static Set<ObjectRef> kept(Plan plan) {
        return plan.profile()
                .login()
                .map(login -> new ObjectRef(
                        "",
                        "v1",
                        "Secret",
                        login.password().namespace(),
                        login.password().secret()))
                .map(Set::of)
                .orElse(Set.of());
    }

    private static KfmrException unreachable(KubernetesClientException e) {
        return Thread.currentThread().isInterrupted()
                ? KfmrException.interrupted("bringing up the installation")
                : Refusal.error(e);
    }

    /** What doctor says of workloads. */
    private WorkloadFinding findings() {
        return WorkloadFinding.ofShippedReleases()
                .speakingOf(engine.orElse(EngineKind.DOCKER).program());
    }

    private static KfmrException gone() {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "cluster.unreachable",
                "The cluster is gone.",
                "Its API server has not answered for " + PATIENCE_WITHOUT_SIGHT.toSeconds() + " s.",
                "See whether the engine and the cluster run: kfmr doctor. Then run the same command again: it goes on "
                        + "from here.");
    }

    /** One rollout under way. */
    private final class Run {
        private final Rendered rendered;
        private final Plan plan;
        private final Deadline deadline;
        private final Progress progress;
        private final ClusterObjects cluster;
        private final Applier applier;
        private final ClusterWatch watch;
        private volatile ClusterView view;
        private final RolloutObjects objects;
        private final RolloutReadiness readiness;
        private final ControllerLogs controllerLogs;
        private final Gates gates;
        private final List<Heal> heals;
        private final HealScaledDown scaledDown;
        private final HealSidecars sidecars;
        private final Instant start = clock.instant();
        private Map<String, String> images;
        private Duration applied = Duration.ZERO;

        Run(
                Rendered rendered,
                Plan plan,
                Deadline deadline,
                Progress progress,
                ClusterObjects cluster,
                Applier applier,
                ClusterWatch watch) {
            this.rendered = rendered;
            this.plan = plan;
            this.deadline = deadline;
            this.progress = progress;
            this.cluster = cluster;
            this.applier = applier;
            this.watch = watch;
            this.view = watch.view();
            this.objects = new RolloutObjects(rendered);
            this.images = plan.images();
            PodLogs logs = new ApiPodLogs(client);
            this.controllerLogs = new ControllerLogs(rendered, logs);
            this.readiness = new RolloutReadiness(rendered, objects, new OtherObjects(this::read, clock), logs, clock);
            this.gates = new Gates(cluster, ServiceEndpoints.of(client), () -> view, objects.all());
            this.heals = List.of(
                    new HealFreshStart(needs(), this::delete, progress, clock),
                    new HealStoreFallback(plan.pins().fallbacks(), objects::all, logs, this::replaceImage, progress));
            this.scaledDown = new HealScaledDown(objects::all, this::scaleToOne, progress);
            this.sidecars =
                    new HealSidecars(objects.workloads(), HealSidecars.mesh(client), this::delete, progress, clock);
        }

        RolloutResult run(ExecutorService threads) {
            objects.all().stream()
                    .filter(KindCatalog::isCustomResourceDefinition)
                    .forEach(cluster::learn);
            long revision = cluster.revision();
            RolloutInventory inventory = RolloutInventory.begin(rendered, plan, options, cluster, progress);
            progress.started(Stage.APPLY);
            ComponentGraph graph = new ComponentGraph(rendered.components(), this::apply, threads);
            CompletableFuture<Void> all = graph.all().thenRunAsync(() -> finish(inventory), threads);
            Calm calm = await(graph, all, revision);
            Instant end = clock.instant();
            Instant ready = calm.since().orElse(end);
            progress.finished(Stage.READY, Duration.between(start, ready).minus(applied));
            return new RolloutResult(
                    images, changed(revision), applied, Duration.between(start, ready), Duration.between(ready, end));
        }

        private Map<ObjectRef, List<ObjectRef>> needs() {
            Map<ObjectRef, List<ObjectRef>> needs = new HashMap<>(engine.isPresent() ? KindStart.needs() : Map.of());
            needs.putAll(HealFreshStart.needs(rendered));
            return needs;
        }

        /** A component's own thread: its objects, then its gates. */
        private void apply(Rendered.Component component) {
            List<Manifest> manifests = objects.of(component.name());
            List<Applied> results = applier.apply(component.name(), manifests, deadline);
            objects.applied(component.name(), results);
            progress.step(Stage.APPLY, "applied " + component.name() + " (" + manifests.size() + " objects)");
            component.planned().spec().gates().forEach(this::awaitGate);
        }

        private void awaitGate(Gate gate) {
            Optional<String> missing = gates.missing(gate);
            while (missing.isPresent()) {
                readiness.gate(gate, missing.get());
                if (deadline.passed()) {
                    return; // The loop that watches ends the rollout, and names the gate.
                }
                deadline.sleep(GATE_PAUSE, "waiting for " + gate.name());
                missing = gates.missing(gate);
            }
            readiness.gate(gate, "");
        }

        private void finish(RolloutInventory inventory) {
            applied = Duration.between(start, clock.instant());
            progress.finished(Stage.APPLY, applied);
            progress.started(Stage.READY);
            inventory.prune(deadline);
        }

        /** The loop that watches. @return what proves that all is ready */
        private Calm await(ComponentGraph graph, CompletableFuture<Void> all, long revision) {
            ComponentReporter reporter = new ComponentReporter(progress, clock);
            HopelessImages hopeless = new HopelessImages(clock);
            Calm calm = new Calm(Readiness.CALM, clock);
            Deadline sight = Deadline.in(PATIENCE_WITHOUT_SIGHT);
            boolean isFirstLook = true;
            while (true) {
                graph.failure().ifPresent(Rollout::rethrow);
                // A view that nobody keeps up to date proves nothing; one that stays so means that the cluster is gone.
                boolean isInSight = watch.isWatching();
                sight = isInSight ? Deadline.in(PATIENCE_WITHOUT_SIGHT) : sight;
                if (sight.passed()) {
                    throw gone();
                }
                boolean isAllApplied = all.isDone();
                if (isAllApplied && all.isCompletedExceptionally()) {
                    rethrow(ComponentGraph.cause(all));
                }
                view = watch.view();
                List<ComponentReadiness> components = readiness.judge(view);
                reporter.report(components);
                boolean isMended = isInSight && (scaledDown.look(view) || (isAllApplied && sidecars.look(view)));
                boolean isReady = isInSight
                        && isAllApplied
                        && !isMended
                        && components.stream().allMatch(ComponentReadiness::isReady);
                if (isReady && (calm.holds() || (isFirstLook && changed(revision) == 0))) {
                    return calm;
                }
                if (isReady) {
                    isFirstLook = false;
                } else {
                    isFirstLook &= !isAllApplied;
                    calm.disturbed();
                    heal();
                    stopIfOver(components, hopeless);
                }
                rest();
            }
        }

        private void heal() {
            try {
                heals.forEach(heal -> heal.look(view));
            } catch (KubernetesClientException e) {
                // The API server is busy or away for a moment: the next look heals.
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }

        private void stopIfOver(List<ComponentReadiness> components, HopelessImages hopeless) {
            if (deadline.passed()) {
                throw NotReady.error(
                        controllerLogs.beside(components, view),
                        findings(),
                        "after " + deadline.limit().toSeconds() + " s");
            }
            if (hopeless.isHopeless(components)) {
                throw NotReady.error(components, findings(), "and cannot become so: an image does not exist");
            }
        }

        private void rest() {
            watch.awaitChange(AT_MOST);
            deadline.sleep(AT_LEAST, "waiting until everything is ready");
        }

        /** How many of the applied objects are other than they were when the rollout began. */
        private int changed(long revision) {
            return (int) objects.applied().stream()
                    .filter(object -> RolloutObjects.number(object.resourceVersion()) > revision)
                    .count();
        }

        private Optional<HasMetadata> read(ObjectRef ref) {
            var serialization = client.getKubernetesSerialization();
            return cluster.get(ref).map(generic -> serialization.unmarshal(serialization.asJson(generic)));
        }

        private void scaleToOne(ObjectRef deployment) {
            client.apps()
                    .deployments()
                    .inNamespace(deployment.namespace())
                    .withName(deployment.name())
                    .scale(1);
        }

        private void delete(Pod pod) {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .withTimeoutInMillis(0)
                    .delete();
        }

        /** In every object that names it, and remembered for the renders to come. */
        private void replaceImage(String image, String by) {
            Map<String, List<Manifest>> again = objects.change(manifest -> ContainerImage.replace(manifest, image, by));
            again.forEach((component, manifests) ->
                    objects.applied(component, applier.apply(component, manifests, deadline)));
            images = FallbackImages.chosen(images, image, by);
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        throw new IllegalStateException("A component's thread failed.", failure);
    }
}
