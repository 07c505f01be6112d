package dev.kfmr.install;

import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What findings of a preflight come to: warnings are told, a failure ends it. */
final class Findings {
    private Findings() {}

    /** @throws KfmrException exit 3, with the id of the first failure, and all of them in its words */
    static void refuseOrWarn(List<Finding> findings, String refusal, Progress progress) {
        for (Finding finding : findings) {
            if (finding.severity() == Severity.WARNING) {
                progress.warning(finding.what() + " " + whatToDo(finding));
            }
        }
        List<Finding> failures =
                findings.stream().filter(f -> f.severity() == Severity.FAILURE).toList();
        if (!failures.isEmpty()) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    failures.get(0).id(),
                    refusal,
                    join(failures, f -> f.what() + (f.evidence().isEmpty() ? "" : " (" + f.evidence() + ")")),
                    join(failures, Finding::remedy));
        }
    }

    /** A warning is a line; doctor shows the rest, with this machine's values. */
    private static String whatToDo(Finding finding) {
        return finding.remedy().contains("\n") ? "What to do: kfmr doctor " + finding.id() : finding.remedy();
    }

    private static String join(List<Finding> findings, Function<Finding, String> part) {
        return findings.stream().map(part).collect(Collectors.joining("\n"));
    }
}
