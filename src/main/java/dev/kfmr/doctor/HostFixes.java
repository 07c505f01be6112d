package dev.kfmr.doctor;

import dev.kfmr.check.Finding;
import dev.kfmr.check.InotifyLimits;
import dev.kfmr.core.Command;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.engine.SystemFacts;
import dev.kfmr.engine.SystemFacts.OperatingSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes of this machine: only what can be taken back, in a file of kfmr's own, with the right that sudo gives. */
final class HostFixes {
    /** Read at each start of the machine; deleting it takes the change back. */
    private static final String FILE = "/etc/sysctl.d/99-kfmr.conf";
    /** A person may have to type a password. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private HostFixes() {}

    /** The finding, with what mends it where this machine is one that kfmr can mend. */
    static Fault of(Finding finding, Optional<InotifyLimits> limits, SystemFacts system) {
        return limits.filter(here ->
                        finding.id().equals("host.inotify") && system.operatingSystem() == OperatingSystem.LINUX)
                .map(here -> Fault.of(finding, raise(here.enough(), system.root())))
                .orElse(Fault.of(finding));
    }

    private static Fix raise(InotifyLimits limits, boolean isRoot) {
        String script = "printf '%s\\n' fs.inotify.max_user_instances=" + limits.instances()
                + " fs.inotify.max_user_watches=" + limits.watches() + " > " + FILE + " && sysctl -p " + FILE;
        List<String> words = new ArrayList<>(isRoot ? List.of() : List.of("sudo"));
        words.addAll(List.of("sh", "-c", script));
        return new Fix(
                (isRoot ? "" : "sudo ") + "sh -c \"" + script + "\"",
                reach -> run(Command.of(words).withLimit(LIMIT)));
    }

    private static void run(Command command) {
        Command.Result result = command.run();
        if (!result.succeeded()) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "doctor.fix-failed",
                    "This machine refused the change.",
                    result.timedOut() ? "It did not end within two minutes." : result.lastWords(),
                    "Run the command by hand, then look again: kfmr doctor");
        }
    }
}
