package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.ready.PodExplanation;
import dev.kfmr.ready.PodExplanation.Reason;
import dev.kfmr.ready.WorkloadReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the catalogue says of a workload that is not ready: the same in doctor and when {@code up} gives up.
 *
 * @param deadImages image that is known to be gone or to crash, to what stands in for it
 * @param program of the engine, for commands to type: {@code docker}
 */
public record WorkloadFinding(Map<String, String> deadImages, String program) {
    private static final String DUMMY = "workload.image-dummy";
    private static final String REGISTRY = "workload.registry-configuration";
    /** Upstream's names for the server and its database. */
    private static final Set<String> REGISTRY_WORKLOADS = Set.of("model-registry-deployment", "model-registry-db");
    /** The tag that upstream's unreleased manifests have in place of a version. */
    private static final Pattern NEVER_RELEASED = Pattern.compile("cannot pull \\S+:dummy: ");

    public WorkloadFinding {
        deadImages = Map.copyOf(deadImages);
    }

    /** Of Docker, until another engine is known. */
    public WorkloadFinding(Map<String, String> deadImages) {
        this(deadImages, EngineKind.DOCKER.program());
    }

    /** This with commands of another engine. */
    public WorkloadFinding speakingOf(String otherProgram) {
        return new WorkloadFinding(deadImages, otherProgram);
    }

    /** With every image that a shipped release set replaces: it is dead whichever of them asks for it. */
    public static WorkloadFinding ofShippedReleases() {
        PinsLibrary library = new PinsLibrary();
        Map<String, String> dead = new LinkedHashMap<>();
        library.names().forEach(name -> library.load(name).patches().forEach(patch -> dead.putAll(patch.images())));
        return new WorkloadFinding(dead);
    }

    /** With its log's last lines as the evidence, at the check's usual severity. */
    public Finding of(WorkloadReport report) {
        return of(report, check(report).severity(), log(report));
    }

    Finding of(WorkloadReport report, Severity severity, String evidence) {
        Finding finding = check(report)
                .found(
                        severity,
                        Map.of(
                                "workload", report.ref().id(),
                                "text", text(report).strip().replaceAll("\\.$", ""),
                                "evidence", evidence,
                                "program", program,
                                "namespace", report.ref().namespace(),
                                "name", report.ref().name()));
        return withReplacement(finding);
    }

    private static Check check(WorkloadReport report) {
        boolean isDummy = NEVER_RELEASED.matcher(text(report)).find();
        String ofRegistry =
                lacksRegistryConfiguration(report) ? REGISTRY : reason(report).id();
        return CheckCatalogue.shipped().get(isDummy ? DUMMY : ofRegistry);
    }

    /** The Model Registry from a folder of its manifests that does not bring what it reads. */
    static boolean lacksRegistryConfiguration(WorkloadReport report) {
        return reason(report) == Reason.MISSING_CONFIGURATION
                && REGISTRY_WORKLOADS.contains(report.ref().name());
    }

    private static String text(WorkloadReport report) {
        return report.explanation()
                .map(PodExplanation::text)
                .orElse(report.status().message());
    }

    static Reason reason(WorkloadReport report) {
        return report.explanation().map(PodExplanation::reason).orElse(Reason.NOT_READY_YET);
    }

    static String log(WorkloadReport report) {
        return String.join("\n", report.explanation().map(PodExplanation::log).orElse(List.of()));
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
}
