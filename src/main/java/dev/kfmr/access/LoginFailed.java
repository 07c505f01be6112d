package dev.kfmr.access;

import dev.kfmr.check.Finding;

/** Signing in failed, and why. */
public final class LoginFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    LoginFailed(Finding finding) {
        super(finding.what());
        this.finding = finding;
    }

    public Finding finding() {
        return finding;
    }
}
