package dev.kfmr.install;

import dev.kfmr.access.LoginFailed;
import dev.kfmr.access.LoginProof;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.forward.TemporaryForward;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Credential;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.profile.LoginSpec;
import dev.kfmr.state.EnvironmentStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The login of one installation, reached by a forward of its own. */
final class WayIn {
    /** The gateway renews Dex's keys every minute, and istiod looks for them after Dex is there. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final LoginSpec login;
    private final ForwardSpec gateway;
    private final List<LoginSpec.Proof> proofs;
    private final String password;

    private WayIn(
            KubernetesClient client,
            LoginSpec login,
            ForwardSpec gateway,
            List<LoginSpec.Proof> proofs,
            String password) {
        this.client = client;
        this.login = login;
        this.gateway = gateway;
        this.proofs = proofs;
        this.password = password;
    }

    /** Empty for an installation without a login. */
    static Optional<WayIn> of(ClusterConnection connection, Plan plan, String environment, EnvironmentStore store) {
        return plan.profile().login().flatMap(login -> plan.forward(login.forward())
                .map(gateway -> new WayIn(
                        connection.client(),
                        login,
                        gateway,
                        login.proofs().stream()
                                .filter(proof -> plan.has(proof.component()))
                                .toList(),
                        password(plan, login, environment, store))));
    }

    /** The one that was last set by kfmr, else the one that the profile ships. */
    private static String password(Plan plan, LoginSpec login, String environment, EnvironmentStore store) {
        return store.password(environment)
                .or(() -> plan.profile().credential(login.user()).map(Credential::password))
                .orElse("");
    }

    /** The same with a password that was just set. */
    WayIn withPassword(String other) {
        return new WayIn(client, login, gateway, proofs, other);
    }

    ForwardSpec gateway() {
        return gateway;
    }

    LoginSpec login() {
        return login;
    }

    /** One try. @return what is wrong; empty when all of it works */
    Optional<Finding> look() {
        try (TemporaryForward forward = TemporaryForward.open(client, gateway)) {
            return proof(forward).look();
        }
    }

    /**
     * Tries until it works. A password that kfmr does not know is no fault of the installation: it is only told.
     *
     * @throws KfmrException exit 5 when it does not work in time, with what is wrong
     */
    void prove(Deadline deadline, Progress progress) {
        Optional<Finding> trouble = await(deadline, progress);
        if (trouble.filter(finding -> finding.severity() == Severity.FAILURE).isPresent()) {
            throw error(trouble.get());
        }
        trouble.ifPresent(
                finding -> progress.warning("The login is not proven. " + finding.what() + " " + finding.remedy()));
    }

    /** The same for a password that must work. @throws KfmrException exit 5 when it does not, whatever the reason */
    void require(Deadline deadline, Progress progress) {
        await(deadline, progress).ifPresent(trouble -> {
            throw error(trouble);
        });
    }

    private Optional<Finding> await(Deadline deadline, Progress progress) {
        AtomicReference<String> told = new AtomicReference<>("");
        try (TemporaryForward forward = TemporaryForward.open(client, gateway)) {
            Optional<Finding> trouble = proof(forward).await(deadline.within(PATIENCE), finding -> {
                if (!told.getAndSet(finding.what()).equals(finding.what())) {
                    progress.step(Stage.PROVE, "not yet: " + finding.what() + " (" + finding.evidence() + ")");
                }
            });
            if (trouble.isEmpty()) {
                progress.step(
                        Stage.PROVE,
                        "signed in as " + login.user() + ": "
                                + String.join(
                                        ", ",
                                        proofs.stream()
                                                .map(LoginSpec.Proof::title)
                                                .toList()));
            }
            return trouble;
        }
    }

    /** @throws KfmrException exit 5 when signing in fails, with what is wrong */
    String bearerToken() {
        try (TemporaryForward forward = TemporaryForward.open(client, gateway)) {
            return proof(forward).bearerToken();
        } catch (LoginFailed e) {
            throw error(e.finding());
        }
    }

    private LoginProof proof(TemporaryForward forward) {
        return new LoginProof(forward.uri(), login.user(), password, proofs);
    }

    private static KfmrException error(Finding finding) {
        return new KfmrException(
                ExitCode.NOT_READY,
                finding.id(),
                finding.what(),
                finding.evidence() + "\n" + finding.why(),
                finding.remedy());
    }
}
