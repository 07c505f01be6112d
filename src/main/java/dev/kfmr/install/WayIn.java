package dev.kfmr.install;

import dev.kfmr.access.LoginFailed;
import dev.kfmr.access.LoginProof;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
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

    private WayIn(KubernetesClient client, Plan plan, LoginSpec login, ForwardSpec gateway, String password) {
        this.client = client;
        this.login = login;
        this.gateway = gateway;
        this.proofs = login.proofs().stream()
                .filter(proof -> plan.components().stream()
                        .anyMatch(component -> component.spec().name().equals(proof.component())))
                .toList();
        this.password = password;
    }

    /** Empty for an installation without a login. */
    static Optional<WayIn> of(KubernetesClient client, Plan plan, String environment, EnvironmentStore store) {
        return plan.profile().login().flatMap(login -> plan.forwards().stream()
                .filter(forward -> forward.name().equals(login.forward()))
                .findFirst()
                .map(gateway -> new WayIn(client, plan, login, gateway, password(plan, login, environment, store))));
    }

    /** The one that was last set by kfmr, else the one that the profile ships. */
    private static String password(Plan plan, LoginSpec login, String environment, EnvironmentStore store) {
        return store.password(environment)
                .or(() -> plan.profile().credential(login.user()).map(Credential::password))
                .orElse("");
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

    /** Tries until it works. @throws KfmrException exit 5 when it does not in time, with what is wrong */
    void prove(Deadline deadline, Progress progress) {
        AtomicReference<String> told = new AtomicReference<>("");
        try (TemporaryForward forward = TemporaryForward.open(client, gateway)) {
            Optional<Finding> trouble = proof(forward).await(deadline.within(PATIENCE), finding -> {
                if (!told.getAndSet(finding.what()).equals(finding.what())) {
                    progress.step(Stage.PROVE, "not yet: " + finding.what() + " (" + finding.evidence() + ")");
                }
            });
            if (trouble.isPresent()) {
                end(trouble.get(), progress);
            } else {
                progress.step(
                        Stage.PROVE,
                        "signed in as " + login.user() + ": "
                                + String.join(
                                        ", ",
                                        proofs.stream()
                                                .map(LoginSpec.Proof::title)
                                                .toList()));
            }
        }
    }

    /** A password that kfmr does not know is no fault of the installation. */
    private static void end(Finding trouble, Progress progress) {
        if (trouble.severity() == Severity.FAILURE) {
            throw error(trouble);
        }
        progress.warning("The login is not proven. " + trouble.what() + " " + trouble.remedy());
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
