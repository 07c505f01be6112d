package dev.kfmr.access;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import java.util.Locale;
import java.util.Map;

/** What can be wrong with the way in. The texts for people are in the catalogue of checks. */
enum LoginFinding {
    GATEWAY_DOWN,
    PROXY_DOWN,
    DEX_DOWN,
    DEX_FORGOT,
    WRONG_PASSWORD,
    CSRF,
    IDENTITY_PROVIDER,
    CALLBACK,
    RBAC,
    KEYS_STALE,
    NOT_SIGNED_IN,
    NO_ROUTE,
    BACKEND_DOWN,
    UNEXPECTED;

    /** {@code login.keys-stale}. */
    String id() {
        return "login." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it passes by itself while an installation settles. */
    boolean mayPass() {
        return this != WRONG_PASSWORD;
    }

    Finding found(String evidence) {
        return CheckCatalogue.shipped().get(id()).found(Map.of("evidence", evidence));
    }
}
