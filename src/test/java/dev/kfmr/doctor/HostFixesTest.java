package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Finding;
import dev.kfmr.check.InotifyLimits;
import dev.kfmr.check.Severity;
import dev.kfmr.engine.SystemFacts;
import dev.kfmr.engine.SystemFacts.OperatingSystem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostFixesTest {
    private static final Optional<InotifyLimits> LOW = Optional.of(new InotifyLimits(128, 900_000));

    private static List<String> fixes(String id, OperatingSystem system, boolean isRoot) {
        Finding finding = new Finding(id, Severity.WARNING, "", "", "", "", "");
        return HostFixes.of(finding, LOW, new SystemFacts(system, List.of(), List.of(), isRoot, true, "ada"))
                .fixes()
                .stream()
                .map(Fix::command)
                .toList();
    }

    @Test
    void raisesTheLimitsInAFileOfItsOwnAndLowersNone() {
        assertThat(fixes("host.inotify", OperatingSystem.LINUX, false))
                .containsExactly("sudo sh -c \"printf '%s\\n' fs.inotify.max_user_instances=512"
                        + " fs.inotify.max_user_watches=900000 > /etc/sysctl.d/99-kfmr.conf"
                        + " && sysctl -p /etc/sysctl.d/99-kfmr.conf\"");
        assertThat(fixes("host.inotify", OperatingSystem.LINUX, true).get(0)).startsWith("sh -c ");
    }

    @Test
    void changesNothingElseOfAMachineAndNoOtherSystem() {
        assertThat(fixes("host.inotify", OperatingSystem.MACOS, false)).isEmpty();
        assertThat(fixes("host.apparmor-mysqld", OperatingSystem.LINUX, true)).isEmpty();
    }
}
