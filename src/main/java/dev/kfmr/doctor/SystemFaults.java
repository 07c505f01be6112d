package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.ScaledDown;
import dev.kfmr.ready.WorkloadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kubernetes' own workloads, which kind brings, and nothing works without. */
final class SystemFaults {
    private static final List<SystemWorkload> ALL = List.of(
            new SystemWorkload(
                    "cluster.coredns", new ObjectRef("apps", "v1", "Deployment", "kube-system", "coredns"), 2),
            new SystemWorkload(
                    "cluster.kube-proxy", new ObjectRef("apps", "v1", "DaemonSet", "kube-system", "kube-proxy"), 1),
            new SystemWorkload(
                    "cluster.provisioner",
                    new ObjectRef("apps", "v1", "Deployment", "local-path-storage", "local-path-provisioner"),
                    1));

    private SystemFaults() {}

    /** @param replicas as kind has it */
    private record SystemWorkload(String check, ObjectRef ref, int replicas) {}

    static List<ObjectRef> workloads() {
        return ALL.stream().map(SystemWorkload::ref).toList();
    }

    /**
     * @param reports on {@link #workloads}
     * @param view with pods, where any report is not current
     */
    static List<Fault> of(List<WorkloadReport> reports, ClusterView view, Circumstances circumstances) {
        List<Fault> faults = new ArrayList<>();
        for (SystemWorkload workload : ALL) {
            reports.stream()
                    .filter(report -> report.ref().equals(workload.ref()))
                    .flatMap(report -> of(workload, report, reports, view, circumstances).stream())
                    .forEach(faults::add);
        }
        return faults;
    }

    private static Optional<Fault> of(
            SystemWorkload workload,
            WorkloadReport report,
            List<WorkloadReport> all,
            ClusterView view,
            Circumstances circumstances) {
        Check check = CheckCatalogue.shipped().get(workload.check());
        if (view.find(workload.ref()).filter(ScaledDown::is).isPresent()) {
            Fix fix = Fixes.scale(workload.ref(), workload.replicas());
            return Optional.of(Fault.of(
                    check.found(values(workload, "it is scaled to 0 replicas")).withRemedy(fix.command()), fix));
        }
        if (report.status().isCurrent()) {
            return Optional.empty();
        }
        Severity severity = new WorkloadFaults(
                        view, List.of(), new WorkloadFinding(Map.of()), Map.of(), List.of(), circumstances)
                .severity(report, all);
        return Optional.of(Fault.of(check.found(severity, values(workload, report.line()))));
    }

    private static Map<String, String> values(SystemWorkload workload, String evidence) {
        return Map.of("workload", workload.ref().id(), "evidence", evidence);
    }
}
