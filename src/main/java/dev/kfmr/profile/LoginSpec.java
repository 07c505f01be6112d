package dev.kfmr.profile;

import java.util.List;

/**
 * The login that an installation is behind.
 *
 * @param forward name of the profile's forward that leads to the gateway
 * @param user who {@code up} signs in as; the profile's credential of this user has the default password
 * @param password where the user's password is kept
 * @param proofs what a signed-in user must get
 */
public record LoginSpec(String forward, String user, PasswordSecret password, List<Proof> proofs) {
    public LoginSpec {
        proofs = List.copyOf(proofs);
    }

    /**
     * A bcrypt hash in a Secret, which users may change: what is in the cluster is kept.
     *
     * @param key of the Secret's data
     * @param deployment in the same namespace, which reads the Secret when it starts
     */
    public record PasswordSecret(String namespace, String secret, String key, String deployment) {}

    /**
     * One request of a signed-in user that must end in 200.
     *
     * @param component without it, no proof
     * @param expects a field that the answer, a JSON object, must have; empty for any answer. A path without a route ends
     *     at the dashboard, which answers 200 too
     */
    public record Proof(String title, String component, String path, String expects) {}
}
