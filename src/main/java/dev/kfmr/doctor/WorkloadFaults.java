package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.profile.FallbackImages;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.NodeRoom;
import dev.kfmr.ready.PodExplanation;
import dev.kfmr.ready.PodExplanation.Reason;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From workloads that are not ready to what is wrong with them. Pure. */
final class WorkloadFaults {
    private static final Set<Reason> HELD_UP =
            EnumSet.of(Reason.CRASHED, Reason.CRASH_LOOP, Reason.DATABASE_NOT_READY, Reason.LOGIN_PROVIDER_AWAY);

    private final ClusterView view;
    private final List<Node> nodes;
    private final WorkloadFinding findings;
    private final Map<ObjectRef, List<ObjectRef>> needs;
    private final List<FallbackImages> fallbacks;
    private final Circumstances circumstances;

    /**
     * @param view with pods, where any report is not current
     * @param nodes for what is left of them, where a pod does not fit
     * @param findings what the catalogue says of them
     * @param needs workload to those that it needs to run
     * @param fallbacks images of which one crashes on some machines
     */
    WorkloadFaults(
            ClusterView view,
            List<Node> nodes,
            WorkloadFinding findings,
            Map<ObjectRef, List<ObjectRef>> needs,
            List<FallbackImages> fallbacks,
            Circumstances circumstances) {
        this.nodes = List.copyOf(nodes);
        this.view = view;
        this.findings = findings;
        this.needs = Map.copyOf(needs);
        this.fallbacks = List.copyOf(fallbacks);
        this.circumstances = circumstances;
    }

    List<Fault> of(List<WorkloadReport> reports) {
        return reports.stream()
                .filter(report -> !report.status().isCurrent())
                .map(report -> of(report, reports))
                .toList();
    }

    /** How much it matters that it is not ready, beside the others. */
    Severity severity(WorkloadReport report, List<WorkloadReport> all) {
        boolean othersOnTheWay = circumstances.isBeingChanged()
                || all.stream()
                        .filter(other -> !other.ref().equals(report.ref())
                                && !other.status().isCurrent())
                        .anyMatch(other -> Severities.isOnTheWay(reason(other), age(other)));
        return Severities.of(reason(report), age(report), othersOnTheWay);
    }

    private Fault of(WorkloadReport report, List<WorkloadReport> all) {
        Finding finding = findings.of(report, severity(report, all), evidence(report));
        return new Fault(finding, "", fixes(report));
    }

    private String evidence(WorkloadReport report) {
        return switch (reason(report)) {
            case TOO_LITTLE_CPU, TOO_LITTLE_MEMORY ->
                pods(report)
                        .filter(pod -> pod.getSpec().getNodeName() == null)
                        .findFirst()
                        .map(new NodeRoom(nodes, view.pods())::missing)
                        .orElse("");
            case MLMD_SEGFAULT, SEGFAULT ->
                crashed(report)
                        .findFirst()
                        .map(container -> "its image: " + container.getImage())
                        .orElse("");
            case MISSING_CONFIGURATION ->
                WorkloadFinding.lacksRegistryConfiguration(report) ? images(report) : WorkloadFinding.log(report);
            default -> WorkloadFinding.log(report);
        };
    }

    /** Of its newest pod: which release it is of, and whether the metadata store is beside it. */
    private String images(WorkloadReport report) {
        return pods(report)
                .findFirst()
                .map(pod -> pod.getSpec().getContainers().stream()
                        .map(container -> container.getName() + ": " + container.getImage())
                        .collect(Collectors.joining(", ")))
                .orElse("");
    }

    private static Reason reason(WorkloadReport report) {
        return WorkloadFinding.reason(report);
    }

    private List<Fix> fixes(WorkloadReport report) {
        return switch (reason(report)) {
            case MLMD_SEGFAULT -> nextImage(report);
            case SCALED_DOWN -> List.of(Fixes.scale(report.ref(), 1));
            default -> freshStarts(report);
        };
    }

    /** Of a program that breaks on this machine, where another image is known for it. */
    private List<Fix> nextImage(WorkloadReport report) {
        return report.ref().kind().equals("Deployment")
                ? crashed(report)
                        .flatMap(container -> fallbacks.stream()
                                .flatMap(fallback -> fallback.after(container.getImage()).stream())
                                .map(next ->
                                        Fixes.takeImage(report.ref(), container.getName(), container.getImage(), next)))
                        .limit(1)
                        .toList()
                : List.of();
    }

    /** Containers whose last run ended badly, as their pods have them: the status may name an image otherwise. */
    private Stream<Container> crashed(WorkloadReport report) {
        return pods(report).flatMap(pod -> PodExplanation.crashedContainer(pod, circumstances.now()).stream()
                .flatMap(status -> pod.getSpec().getContainers().stream()
                        .filter(own -> own.getName().equals(status.getName()))));
    }

    /** Of pods that wait out a back-off while all that they need is ready. */
    private List<Fix> freshStarts(WorkloadReport report) {
        List<ObjectRef> needed = needs.getOrDefault(report.ref(), List.of());
        boolean areReady = !needed.isEmpty()
                && needed.stream().allMatch(need -> view.find(need)
                        .filter(object -> Readiness.of(object).isCurrent())
                        .isPresent());
        if (!areReady || !HELD_UP.contains(reason(report))) {
            return List.of();
        }
        return pods(report)
                .filter(pod -> PodExplanation.crashedContainer(pod, circumstances.now())
                        .isPresent())
                .map(pod -> Fixes.deletePod(
                        pod.getMetadata().getNamespace(), pod.getMetadata().getName()))
                .toList();
    }

    /** Of its newest pod, or of itself where it has none; nothing where it is not there. */
    private Duration age(WorkloadReport report) {
        Optional<HasMetadata> workload = view.find(report.ref());
        return Stream.concat(pods(report), workload.stream())
                .findFirst()
                .flatMap(object -> created(object))
                .map(circumstances::age)
                .orElse(Duration.ZERO);
    }

    private Stream<Pod> pods(WorkloadReport report) {
        return view.find(report.ref()).stream().flatMap(workload -> view.podsOf(workload).stream());
    }

    static Optional<Instant> created(HasMetadata object) {
        try {
            return Optional.ofNullable(object.getMetadata().getCreationTimestamp())
                    .map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
