package dev.kfmr.access;

import dev.kfmr.access.Login.Refused;
import dev.kfmr.access.Login.Session;
import dev.kfmr.check.Finding;
import dev.kfmr.core.Deadline;
import dev.kfmr.profile.LoginSpec.Proof;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether people get in: signs in and asks for what a signed-in user must get.
 *
 * @param gateway without a path
 */
public record LoginProof(URI gateway, String user, String password, List<Proof> proofs) {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    public LoginProof {
        proofs = List.copyOf(proofs);
    }

    /** One try. @return what is wrong; empty when all of it works */
    public Optional<Finding> look() {
        return attempt().map(LoginProof::finding);
    }

    /**
     * Tries until it works, for what may pass while an installation settles: Dex's keys reach the gateway a minute late.
     *
     * @param onTrouble told each time that it does not work yet
     * @return what is wrong at the deadline, or at once for what does not pass; empty when all of it works
     */
    public Optional<Finding> await(Deadline deadline, Consumer<Finding> onTrouble) {
        Optional<Refused> trouble = attempt();
        while (trouble.isPresent() && trouble.get().finding().mayPass() && !deadline.passed()) {
            onTrouble.accept(finding(trouble.get()));
            deadline.sleep(PAUSE, "waiting for the login");
            trouble = attempt();
        }
        return trouble.map(LoginProof::finding);
    }

    /**
     * A bearer token that the gateway accepts from programs: Dex's ID token.
     *
     * @throws LoginFailed when signing in fails, with why
     */
    public String bearerToken() throws LoginFailed {
        try {
            return new Login(gateway)
                    .signIn(user, password)
                    .bearerToken()
                    .orElseThrow(() -> new LoginFailed(
                            LoginFinding.UNEXPECTED.found("/oauth2/auth gave a signed-in user no token")));
        } catch (Refused e) {
            throw new LoginFailed(finding(e));
        } catch (IOException e) {
            throw new LoginFailed(LoginFinding.GATEWAY_DOWN.found(String.valueOf(e.getMessage())));
        }
    }

    private Optional<Refused> attempt() {
        try {
            Session session = new Login(gateway).signIn(user, password);
            for (Proof proof : proofs) {
                Login.check(session, proof);
            }
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e);
        }
    }

    private static Finding finding(Refused refused) {
        return refused.finding().found(refused.evidence());
    }
}
