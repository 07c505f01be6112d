package dev.kfmr.engine;

import java.util.List;
import java.util.Set;

/** Systems to test on. */
final class Systems {
    private Systems() {}

    static SystemFacts ubuntu(String user) {
        return of("ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\n", "apt-get", user, true);
    }

    static SystemFacts fedora() {
        return of("ID=fedora\nVERSION_ID=42\n", "dnf", "ada", true);
    }

    static SystemFacts rocky() {
        return of("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf", "ada", true);
    }

    static SystemFacts mac() {
        return SystemFacts.of("Mac OS X", "", Set.of("brew")::contains, false, false, "ada");
    }

    static SystemFacts arch() {
        return of("ID=arch\n", "pacman", "ada", true);
    }

    static SystemFacts of(String osRelease, String packageManager, String user, boolean systemd) {
        return SystemFacts.of(
                "Linux", osRelease, List.of(packageManager)::contains, user.equals("root"), systemd, user);
    }
}
