package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.PodExplanation;
import dev.kfmr.ready.PodExplanation.Reason;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From what was read in a cluster to what is wrong with it. Pure. */
final class ClusterFindings {
    static final CheckCatalogue CATALOGUE = CheckCatalogue.read(ClusterFindings.class, "doctor.yaml");

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    /** What a pod goes through on its way: it passes by itself, so it is no fault. */
    private static final Set<Reason> ON_THE_WAY =
            EnumSet.of(Reason.STARTING, Reason.PULLING, Reason.INIT_RUNNING, Reason.NOT_READY_YET, Reason.TERMINATING);

    private ClusterFindings() {}

    static List<Finding> ofNodes(List<Node> nodes) {
        List<Finding> findings = new ArrayList<>();
        for (Node node : nodes) {
            String name = node.getMetadata().getName();
            for (NodeCondition condition : node.getStatus().getConditions()) {
                boolean isReady = condition.getType().equals("Ready");
                boolean isAsItShouldBe = condition.getStatus().equals(isReady ? "True" : "False");
                if (!isAsItShouldBe) {
                    findings.add(CATALOGUE
                            .get(isReady ? "node.not-ready" : "node.pressure")
                            .found(Map.of(
                                    "node",
                                    name,
                                    "condition",
                                    condition.getType(),
                                    "evidence",
                                    condition.getReason() + ": " + condition.getMessage())));
                }
            }
        }
        return findings;
    }

    static List<Finding> ofStorageClasses(List<StorageClass> classes) {
        boolean hasDefault = classes.stream()
                .map(each -> each.getMetadata().getAnnotations())
                .anyMatch(annotations -> annotations != null && "true".equals(annotations.get(DEFAULT_CLASS)));
        String names =
                classes.stream().map(each -> each.getMetadata().getName()).collect(Collectors.joining(", "));
        return hasDefault
                ? List.of()
                : List.of(CATALOGUE
                        .get("cluster.no-storage-class")
                        .found(Map.of("classes", names.isEmpty() ? "none" : names)));
    }

    /**
     * Kubernetes' own workloads, such as CoreDNS. One that is scaled to nothing is ready by its status, and useless.
     *
     * @param scaledToZero names of those that are to have no replica
     */
    static List<Finding> ofSystem(List<WorkloadReport> reports, Set<ObjectRef> scaledToZero) {
        List<Finding> findings = new ArrayList<>();
        for (WorkloadReport report : reports) {
            if (scaledToZero.contains(report.ref())) {
                findings.add(system(
                        report,
                        "it is scaled to 0 replicas",
                        "kubectl -n " + report.ref().namespace() + " scale "
                                + report.ref().kind().toLowerCase(Locale.ROOT) + " "
                                + report.ref().name()
                                + " --replicas=1"));
            } else if (!report.status().isCurrent()) {
                findings.add(system(report, report.line(), remedy(report)));
            }
        }
        return findings;
    }

    private static String remedy(WorkloadReport report) {
        boolean isGone = report.explanation()
                .filter(explanation -> explanation.reason() == Reason.NOT_CREATED)
                .isPresent();
        return isGone
                ? "Only kind brings it: make the cluster anew with kfmr down and kfmr up."
                : report.explanation().map(PodExplanation::nextStep).orElse("");
    }

    private static Finding system(WorkloadReport report, String evidence, String remedy) {
        return CATALOGUE
                .get("cluster.system-workload")
                .found(Map.of("workload", report.ref().id(), "evidence", evidence, "remedy", remedy));
    }

    /** @param deadImages image that is known to be gone or to crash, to what stands in for it */
    static List<Finding> ofWorkloads(List<WorkloadReport> reports, Map<String, String> deadImages) {
        return reports.stream()
                .filter(report -> !report.status().isCurrent())
                .map(report -> ofWorkload(report, deadImages))
                .toList();
    }

    private static Finding ofWorkload(WorkloadReport report, Map<String, String> deadImages) {
        Optional<PodExplanation> explanation = report.explanation();
        Reason reason = explanation.map(PodExplanation::reason).orElse(Reason.NOT_READY_YET);
        String text =
                explanation.map(PodExplanation::text).orElse(report.status().message());
        String replacement = deadImages.entrySet().stream()
                .filter(image -> names(text, image.getKey()))
                .map(image -> "This image is known to be gone or to crash; " + image.getValue()
                        + " stands in for it where a release set of kfmr needs it.\n")
                .findFirst()
                .orElse("");
        return new Finding(
                reason.id(),
                ON_THE_WAY.contains(reason) ? Severity.NOTE : Severity.FAILURE,
                report.ref().id() + " " + text + ".",
                String.join("\n", explanation.map(PodExplanation::log).orElse(List.of())),
                "",
                replacement + explanation.map(PodExplanation::nextStep).orElse(""),
                "");
    }

    /** With exactly that tag: {@code store:1} is not meant by {@code store:10}. */
    private static boolean names(String text, String image) {
        return Pattern.compile("(?<![\\w./-])" + Pattern.quote(image) + "(?![\\w.-]*\\w)")
                .matcher(text)
                .find();
    }
}
