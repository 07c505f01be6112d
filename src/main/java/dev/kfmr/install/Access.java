package dev.kfmr.install;

import dev.kfmr.access.Passwords;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.profile.LoginSpec.PasswordSecret;
import dev.kfmr.ready.Readiness;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentLock;
import dev.kfmr.state.EnvironmentStore;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.BiFunction;

/** What the owner of an installation does about its login: a new password, a token for programs. */
public final class Access {
    private static final Duration FOR_THE_LOCK = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** Dex and the command line both take any; this keeps out what is typed by accident. */
    private static final int LEAST_LETTERS = 8;

    private final Surroundings surroundings;
    private final EnvironmentStore store;

    public Access(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.store = new EnvironmentStore(surroundings.directories());
    }

    /**
     * A token and where it is good.
     *
     * @param gateway where {@code kfmr forward} opens the gateway
     */
    public record Token(String user, String token, String gateway) {}

    /** @throws KfmrException exit 3 without an installation that has a login, exit 5 when signing in fails */
    public Token token(String name) {
        return on(
                name,
                (client, way) -> new Token(
                        way.login().user(), way.bearerToken(), way.gateway().address()));
    }

    /**
     * Sets the first user's password: in the cluster, where it takes the place of the old one at once, and among what
     * kfmr remembers of the environment, for its proofs. Signs in with it before it returns.
     *
     * @return the user
     * @throws KfmrException exit 2 for a password that cannot be one; otherwise as {@link #token}
     */
    public String setPassword(String name, String password, Deadline deadline) {
        check(password);
        try (EnvironmentLock held =
                EnvironmentLock.take(store.folder(name), deadline.within(FOR_THE_LOCK), text -> surroundings
                        .progress()
                        .step(Stage.CHECK, text))) {
            return on(name, (client, way) -> {
                PasswordSecret secret = way.login().password();
                write(client, secret, password);
                store.savePassword(name, password);
                restart(client, secret, deadline);
                way.withPassword(password).require(deadline, surroundings.progress());
                return way.login().user();
            });
        }
    }

    /** What is done with an installation that has a login. */
    private <T> T on(String name, BiFunction<KubernetesClient, WayIn, T> work) {
        StatusReader installed = new StatusReader(surroundings);
        Environment environment = installed.environment(name);
        try (ClusterConnection connection = installed.connect(name)) {
            WayIn way = WayIn.of(connection, installed.plan(environment), name, store)
                    .orElseThrow(() -> withoutLogin(environment));
            return work.apply(connection.client(), way);
        }
    }

    private static KfmrException withoutLogin(Environment environment) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "access.no-login",
                "The environment " + environment.name() + " has no login.",
                "Its profile " + environment.profile() + " lets everybody on this machine in.",
                "An installation with a login: kfmr up --mode multi-user --name NAME");
    }

    private static void check(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.strip().length() < LEAST_LETTERS || bytes > Passwords.MOST_BYTES) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "access.password",
                    "This cannot be a password.",
                    "It must have " + LEAST_LETTERS + " letters or more, and " + Passwords.MOST_BYTES
                            + " bytes or fewer, which is all that its hash looks at.",
                    "Choose another one, or let kfmr choose: kfmr access password --generate");
        }
    }

    private static void write(KubernetesClient client, PasswordSecret where, String password) {
        String hash = Passwords.hash(password);
        client.secrets()
                .inNamespace(where.namespace())
                .withName(where.secret())
                .edit((Secret live) -> new SecretBuilder(live)
                        .addToData(
                                where.key(), Base64.getEncoder().encodeToString(hash.getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    /** Dex reads its users when it starts. */
    private static void restart(KubernetesClient client, PasswordSecret where, Deadline deadline) {
        var deployment =
                client.apps().deployments().inNamespace(where.namespace()).withName(where.deployment());
        deployment.rolling().restart();
        while (!Readiness.of(deployment.require()).isCurrent()) {
            if (deadline.passed()) {
                throw new KfmrException(
                        ExitCode.NOT_READY,
                        "not-ready",
                        where.deployment() + " has not come up with the new password.",
                        "It was restarted, and is not ready after "
                                + deadline.limit().toSeconds() + " s.",
                        "Look for the cause with: kfmr doctor");
            }
            deadline.sleep(PAUSE, "waiting for " + where.deployment());
        }
    }
}
