package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.NodeRoom;
import dev.kfmr.ready.PodExplanation;
import dev.kfmr.ready.PodExplanation.Reason;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.WorkloadReport;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From workloads that are not ready to what is wrong with them. Pure. */
final class WorkloadFaults {
    private static final Set<Reason> HELD_UP = EnumSet.of(Reason.CRASHED, Reason.CRASH_LOOP, Reason.DATABASE_NOT_READY);

    /** The tag that upstream's unreleased manifests have in place of a version. */
    private static final Pattern NEVER_RELEASED = Pattern.compile("cannot pull \\S+:dummy: ");

    private final ClusterView view;
    private final List<Node> nodes;
    private final Map<String, String> deadImages;
    private final Map<ObjectRef, List<ObjectRef>> needs;
    private final Circumstances circumstances;

    /**
     * @param view with pods, where any report is not current
     * @param nodes for what is left of them, where a pod does not fit
     * @param deadImages image that is known to be gone or to crash, to what stands in for it
     * @param needs workload to those that it needs to run
     */
    WorkloadFaults(
            ClusterView view,
            List<Node> nodes,
            Map<String, String> deadImages,
            Map<ObjectRef, List<ObjectRef>> needs,
            Circumstances circumstances) {
        this.nodes = List.copyOf(nodes);
        this.view = view;
        this.deadImages = Map.copyOf(deadImages);
        this.needs = Map.copyOf(needs);
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
        Optional<PodExplanation> explanation = report.explanation();
        String text =
                explanation.map(PodExplanation::text).orElse(report.status().message());
        Finding finding = CheckCatalogue.shipped()
                .get(
                        NEVER_RELEASED.matcher(text).find()
                                ? "pod.image-dummy"
                                : reason(report).id())
                .found(
                        severity(report, all),
                        Map.of(
                                "workload", report.ref().id(),
                                "text", text.strip().replaceAll("\\.$", ""),
                                "evidence", evidence(report),
                                "namespace", report.ref().namespace(),
                                "name", report.ref().name()));
        return new Fault(withReplacement(finding), "", freshStarts(report));
    }

    private String evidence(WorkloadReport report) {
        return switch (reason(report)) {
            case TOO_LITTLE_CPU -> new NodeRoom(nodes, view.pods()).cpu();
            case TOO_LITTLE_MEMORY -> new NodeRoom(nodes, view.pods()).memory();
            default ->
                String.join("\n", report.explanation().map(PodExplanation::log).orElse(List.of()));
        };
    }

    private static Reason reason(WorkloadReport report) {
        return report.explanation().map(PodExplanation::reason).orElse(Reason.NOT_READY_YET);
    }

    private Finding withReplacement(Finding finding) {
        return deadImages.entrySet().stream()
                .filter(image -> names(finding.what(), image.getKey()))
                .findFirst()
                .map(image -> finding.withRemedy("This image is known to be gone or to crash; " + image.getValue()
                        + " stands in for it where a release set of kfmr needs it.\n" + finding.remedy()))
                .orElse(finding);
    }

    /** With exactly that tag: {@code store:1} is not meant by {@code store:10}. */
    private static boolean names(String text, String image) {
        return Pattern.compile("(?<![\\w./-])" + Pattern.quote(image) + "(?![\\w.-]*\\w)")
                .matcher(text)
                .find();
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
                .filter(pod -> PodExplanation.crashedContainer(pod).isPresent())
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
