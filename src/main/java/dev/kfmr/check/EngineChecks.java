package dev.kfmr.check;

import dev.kfmr.engine.EngineFacts;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at the engine: whether it can hold the installation, and whether kind's nodes can run on it. */
final class EngineChecks {
    private static final int CPUS_THAT_WORK = 2;
    /** Memory in use exceeds what the pods ask for: below this share left over, they start to be ended. */
    private static final double COMFORT = 1.25;

    private static final String BTRFS = "btrfs";
    private static final long DISK_AT_LEAST_MIB = 5L * 1024;
    private static final long DISK_ENOUGH_MIB = 20L * 1024;

    private final CheckCatalogue catalogue;
    private final EngineFacts engine;
    private final PreflightInput input;
    private final FitDecision decision;

    EngineChecks(CheckCatalogue catalogue, PreflightInput input) {
        this.catalogue = catalogue;
        this.engine = input.engine();
        this.input = input;
        this.decision = FitDecision.decide(input.policy(), input.needs(), engine);
    }

    Stream<Finding> findings() {
        return Stream.of(
                        cpus(),
                        memory(),
                        cpuRequests(),
                        disk(),
                        cgroup(),
                        rootless(),
                        snap(),
                        init(),
                        containerdImages(),
                        btrfs())
                .flatMap(Optional::stream);
    }

    private Optional<Finding> cpus() {
        return engine.cpus() >= CPUS_THAT_WORK
                ? Optional.empty()
                : found("engine.cpus", Map.of("have", String.valueOf(engine.cpus())));
    }

    private Optional<Finding> memory() {
        Map<String, String> values = sum(ComputeResource.MEMORY, engine.memoryMib(), decision.lowered());
        if (decision.missing().contains(ComputeResource.MEMORY)) {
            return Optional.of(catalogue.get("engine.memory").found(Severity.FAILURE, values));
        }
        if (isLoweredUnasked(ComputeResource.MEMORY)) {
            return found("engine.memory-requests-lowered", sum(ComputeResource.MEMORY, engine.memoryMib(), Set.of()));
        }
        int need = FitDecision.KUBERNETES.memoryMib() + input.needs().of(ComputeResource.MEMORY, decision.lowered());
        return engine.memoryMib() >= need * COMFORT
                ? Optional.empty()
                : Optional.of(catalogue.get("engine.memory").found(Severity.WARNING, values));
    }

    private Optional<Finding> cpuRequests() {
        int have = engine.cpus() * 1000;
        if (decision.missing().contains(ComputeResource.CPU)) {
            return found("engine.cpu-requests", sum(ComputeResource.CPU, have, decision.lowered()));
        }
        return isLoweredUnasked(ComputeResource.CPU)
                ? found("engine.cpu-requests-lowered", sum(ComputeResource.CPU, have, Set.of()))
                : Optional.empty();
    }

    private boolean isLoweredUnasked(ComputeResource resource) {
        return input.policy() == RequestPolicy.AUTO && decision.lowered().contains(resource);
    }

    private Map<String, String> sum(ComputeResource resource, int have, Set<ComputeResource> lowered) {
        int own = FitDecision.KUBERNETES.of(resource);
        int pods = input.needs().of(resource, lowered);
        return Map.of(
                "have", String.valueOf(have),
                "need", String.valueOf(own + pods),
                "pods", String.valueOf(pods),
                "own", String.valueOf(own),
                "least", String.valueOf(own + input.needs().lowered().of(resource)),
                "kept", lowered.contains(resource) ? "lowered" : "upstream's",
                "engine", engine.summary());
    }

    private Optional<Finding> disk() {
        if (engine.freeDiskMib().isEmpty() || engine.freeDiskMib().getAsLong() >= DISK_ENOUGH_MIB) {
            return Optional.empty();
        }
        long free = engine.freeDiskMib().getAsLong();
        Severity severity = free < DISK_AT_LEAST_MIB ? Severity.FAILURE : Severity.WARNING;
        Map<String, String> values = Map.of(
                "free", String.valueOf(free),
                "folder", engine.rootDirectory(),
                "enough", String.valueOf(DISK_ENOUGH_MIB),
                "program", engine.kind().program());
        return Optional.of(catalogue.get("engine.disk").found(severity, values));
    }

    private Optional<Finding> cgroup() {
        return engine.cgroupVersion() != 1
                ? Optional.empty()
                : Optional.of(catalogue
                        .get("engine.cgroup")
                        .found(
                                engine.rootless() ? Severity.FAILURE : Severity.WARNING,
                                Map.of("program", engine.kind().program())));
    }

    private Optional<Finding> rootless() {
        return engine.rootless()
                ? found("engine.rootless", Map.of("engine", engine.kind().title()))
                : Optional.empty();
    }

    private Optional<Finding> snap() {
        return engine.snap() ? found("engine.snap", Map.of("folder", engine.rootDirectory())) : Optional.empty();
    }

    private Optional<Finding> init() {
        return engine.initByDefault() ? found("engine.init", Map.of()) : Optional.empty();
    }

    private Optional<Finding> containerdImages() {
        return engine.hasContainerdImageStore() ? found("engine.containerd-images", Map.of()) : Optional.empty();
    }

    private Optional<Finding> btrfs() {
        return engine.filesystem().equals(BTRFS) || engine.storageDriver().equals(BTRFS)
                ? found("engine.btrfs", Map.of("folder", engine.rootDirectory()))
                : Optional.empty();
    }

    private Optional<Finding> found(String id, Map<String, String> values) {
        return Optional.of(catalogue.get(id).found(values));
    }
}
