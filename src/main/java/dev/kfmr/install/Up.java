package dev.kfmr.install;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.LoginSpec;
import dev.kfmr.profile.LoginSpec.PasswordSecret;
import dev.kfmr.profile.Pins;
import dev.kfmr.render.Rendered;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import dev.kfmr.state.EventLog;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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
        Pins pins = preparation.plan(choice(request, stored)).pins();

        Target target = target(request, stored, pins);
        Optional<Environment> known = stored.or(target::remembered);
        Choice choice = choice(request, known);
        known.ifPresent(environment -> refuseOtherMode(environment, choice));

        Prepared prepared = preparation.prepare(choice, deadline, clock);
        Set<ComputeResource> lowered = clock.time(Stage.CHECK, () -> target.fits(prepared));
        Rendered rendered = lowered.isEmpty()
                ? prepared.rendered()
                : clock.time(Stage.RENDER, () -> preparation.render(prepared, lowered));

        Environment environment = target.environment(choice, lowered);
        try (ClusterConnection connection =
                clock.time(Stage.CLUSTER, () -> connection(target, prepared.plan(), environment, deadline))) {
            UpResult result = rollOut(environment, prepared, rendered, connection, target.engine(), deadline);
            return known.isEmpty() ? result.ofNewEnvironment() : result;
        }
    }

    /** To an API server that is ready. */
    private ClusterConnection connection(Target target, Plan plan, Environment environment, Deadline deadline) {
        target.ensure(plan, environment, deadline);
        progress.step(Stage.CLUSTER, "waiting for its API server");
        ClusterConnection connection = target.connect();
        try {
            connection.awaitReady(deadline.within(FOR_THE_API_SERVER));
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Target target(Request request, Optional<Environment> stored, Pins pins) {
        Optional<String> context =
                stored.isPresent() ? stored.get().context() : request.cluster().context();
        if (!context.equals(request.cluster().context().or(() -> context))) {
            throw otherCluster(stored.orElseThrow());
        }
        if (context.isPresent()) {
            return new ExistingTarget(surroundings, request.name(), context.get());
        }
        Engine engine = clock.time(Stage.CHECK, () -> machine.engine(request.consent()));
        Path kind = new Tools(surroundings).kind(pins);
        return new KindTarget(surroundings, request.name(), request.cluster(), machine, engine, kind);
    }

    /** @param known what is known of the environment */
    private static Choice choice(Request request, Optional<Environment> known) {
        return known.map(environment -> Choice.of(environment, request.asked()))
                .orElseGet(() -> Choice.fresh(request.name(), request.asked()));
    }

    private UpResult rollOut(
            Environment environment,
            Prepared prepared,
            Rendered rendered,
            ClusterConnection connection,
            Optional<EngineKind> engine,
            Deadline deadline) {
        Plan plan = prepared.plan();
        RolloutResult result = new Rollout(connection.client(), Remembered.options(environment), engine)
                .run(withKeptPassword(rendered, plan, environment, connection.client()), plan, deadline, progress);
        Environment healed = environment.withImages(result.images());
        store.save(healed);
        clock.took(Stage.APPLY, result.applied());
        clock.took(Stage.READY, result.ready().minus(result.applied()));
        clock.took(Stage.CALM, result.calm());
        int connected = connect(plan, connection, deadline);
        WayIn.of(connection, plan, environment.name(), store).ifPresent(way -> prove(way, deadline));
        return new UpResult(
                healed,
                plan,
                store.password(environment.name()),
                false,
                result.changedObjects() + connected,
                clock.took(),
                clock.total());
    }

    /** A Secret that is there keeps what it holds; one that is gone comes back with the password that kfmr knows. */
    private Rendered withKeptPassword(Rendered rendered, Plan plan, Environment environment, KubernetesClient client) {
        Optional<String> known = store.password(environment.name());
        Optional<PasswordSecret> where = plan.profile().login().map(LoginSpec::password);
        return known.isPresent() && where.isPresent() && isGone(where.get(), client)
                ? KeptPassword.in(rendered, where.get(), known.get())
                : rendered;
    }

    private static boolean isGone(PasswordSecret where, KubernetesClient client) {
        return client.secrets()
                        .inNamespace(where.namespace())
                        .withName(where.secret())
                        .get()
                == null;
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

    private void prove(WayIn way, Deadline deadline) {
        clock.run(Stage.PROVE, () -> way.prove(deadline, progress));
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

    private static KfmrException otherCluster(Environment known) {
        return new KfmrException(
                ExitCode.USAGE,
                "environment.other-cluster",
                "The environment " + known.name() + " is in another cluster: "
                        + known.context().map(context -> "context " + context).orElse("a kind cluster of its own")
                        + ".",
                "An environment stays where it is.",
                "Choose a second environment with --name.");
    }

    private void log(String name, String text) {
        if (Files.isDirectory(store.folder(name))) {
            new EventLog(store.folder(name), Clock.systemUTC()).add(text);
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
