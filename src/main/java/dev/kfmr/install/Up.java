package dev.kfmr.install;

import dev.kfmr.check.FitDecision;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterSpec;
import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.engine.Engine;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.Plan;
import dev.kfmr.render.Rendered;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import dev.kfmr.state.EventLog;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Makes an installation so, from any state: nothing, half done, killed in the middle, already there. */
public final class Up {
    /** How long another kfmr that works on the same environment is waited for. */
    private static final Duration FOR_THE_LOCK = Duration.ofMinutes(30);

    private static final Duration FOR_THE_API_SERVER = Duration.ofMinutes(3);

    private static final Duration TO_CONNECT = Duration.ofMinutes(1);

    private final Surroundings surroundings;
    private final Progress progress;
    private final EnvironmentStore store;
    private final Preparation preparation;
    private final MachineCheck machine;
    private final StageClock clock;

    public Up(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.progress = surroundings.progress();
        this.store = new EnvironmentStore(surroundings.directories());
        this.preparation = new Preparation(surroundings);
        this.machine = new MachineCheck(surroundings);
        this.clock = new StageClock(progress);
    }

    /** @param consent asked before a container engine is installed */
    public record Request(String name, Choice.Asked asked, ClusterChoice cluster, Consent consent) {}

    /**
     * @throws KfmrException with what stands in the way; what was done until then stays, and the next run goes on
     */
    public UpResult run(Request request, Deadline deadline) {
        try (EnvironmentLock held = EnvironmentLock.take(
                store.folder(request.name()),
                deadline.within(FOR_THE_LOCK),
                text -> progress.step(Stage.CHECK, text))) {
            UpResult result = install(request, deadline);
            log(request.name(), "up: ready");
            return result;
        } catch (KfmrException e) {
            log(request.name(), "up: " + e.code() + ": " + e.what());
            throw e;
        } finally {
            forgetWhatNeverBegan(request.name());
        }
    }

    private UpResult install(Request request, Deadline deadline) {
        Optional<Environment> stored = store.load(request.name(), progress::warning);
        stored.ifPresent(environment -> refuseOtherMode(environment, Choice.of(environment, request.asked())));
        // What was mistyped is told before the machine is looked at.
        preparation.plan(choice(request, stored));

        Engine engine = clock.time(Stage.CHECK, () -> machine.engine(request.consent()));
        KindClusters clusters = new KindClusters(new Tools(surroundings).kind(), engine, surroundings.directories());
        Optional<Environment> known = stored.or(() -> Remembered.read(request.name(), clusters));
        Choice choice = choice(request, known);
        known.ifPresent(environment -> refuseOtherMode(environment, choice));

        Prepared prepared = preparation.prepare(choice, deadline, clock);
        boolean fresh = clusters.state(request.name()) == ClusterState.ABSENT;
        boolean lower = clock.time(Stage.CHECK, () -> machine.fits(engine, prepared, fresh)) == FitDecision.LOWER;
        Rendered rendered = lower ? clock.time(Stage.RENDER, () -> preparation.lowered(prepared)) : prepared.rendered();

        Environment environment = environment(choice, lower);
        clock.time(Stage.CLUSTER, () -> ensureCluster(clusters, request, prepared.plan(), environment, deadline));
        return rollOut(environment, prepared, rendered, clusters, deadline);
    }

    /** @param known what is known of the environment */
    private static Choice choice(Request request, Optional<Environment> known) {
        return known.map(environment -> Choice.of(environment, request.asked()))
                .orElseGet(() -> Choice.fresh(request.name(), request.asked()));
    }

    private UpResult rollOut(
            Environment environment, Prepared prepared, Rendered rendered, KindClusters clusters, Deadline deadline) {
        Plan plan = prepared.plan();
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.kubeconfig(environment.name()))) {
            connection.awaitReady(deadline.within(FOR_THE_API_SERVER));
            RolloutResult result = new Rollout(
                            connection.client(), Remembered.options(environment), environment.ownCluster())
                    .run(rendered, plan, deadline, progress)
                    .plus(connect(plan, connection, deadline));
            Environment healed = environment.withImages(result.images());
            store.save(healed);
            clock.took(Stage.APPLY, result.applied());
            clock.took(Stage.READY, result.ready().minus(result.applied()));
            return new UpResult(healed, plan, result.changedObjects(), clock.took());
        }
    }

    private ClusterState ensureCluster(
            KindClusters clusters, Request request, Plan plan, Environment environment, Deadline deadline) {
        ClusterChoice wanted = request.cluster();
        ClusterSpec spec = new ClusterSpec(
                request.name(),
                wanted.nodeImage().orElse(plan.pins().nodeImage()),
                wanted.nodes(),
                wanted.registryMirror(),
                plan.profile().apiServer(),
                wanted.kindConfig(),
                machine.proxies(),
                surroundings.caFile(),
                wanted.retain());
        ClusterState before = clusters.ensure(spec, progress, deadline);
        store.save(environment);
        UserKubeconfig.ofUser().add(clusters.kubeconfig(request.name()), request.name(), wanted.setContext());
        return before;
    }

    private static void refuseOtherMode(Environment known, Choice choice) {
        if (known.profile().equals(choice.profile())) {
            return;
        }
        throw new KfmrException(
                ExitCode.USAGE,
                "environment.other-profile",
                "The environment " + known.name() + " holds " + known.profile() + ", not " + choice.profile() + ".",
                "One mode is not turned into another in place: they claim the same objects differently, and data of"
                        + " one would be lost unasked.",
                "Choose a second environment: kfmr up --name " + known.name() + "-2 --mode " + choice.profile()
                        + "\nOr delete this one first: kfmr down --name " + known.name());
    }

    private static Environment environment(Choice choice, boolean lowered) {
        return new Environment(
                choice.name(),
                choice.profile(),
                choice.pins(),
                true,
                Optional.empty(),
                choice.requests(),
                lowered,
                choice.with(),
                choice.without(),
                choice.images());
    }

    private void log(String name, String text) {
        if (Files.isDirectory(store.folder(name))) {
            new EventLog(store.folder(name), Clock.systemUTC()).add(text);
        }
    }

    /** An installation without it works, so that it is no reason to fail. @return how many objects were written */
    private int connect(Plan plan, ClusterConnection connection, Deadline deadline) {
        try {
            return RegistryAccess.in(connection.client()).ensureAll(plan, deadline.within(TO_CONNECT)).stream()
                    .mapToInt(RegistryAccess.Result::changedObjects)
                    .sum();
        } catch (KfmrException e) {
            if (e.isInterrupt()) {
                throw e;
            }
            progress.warning(
                    "Pipelines cannot register models yet: " + e.what() + " " + e.why() + " Afterwards: kfmr connect");
            return 0;
        }
    }

    /** A refusal before anything was created leaves no trace. */
    private void forgetWhatNeverBegan(String name) {
        boolean begun = store.isKnown(name) || KindClusters.isBegun(name, surroundings.directories());
        if (!begun) {
            store.delete(name);
        }
    }
}
