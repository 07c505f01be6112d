package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a node may use of its machine, and what its machine's kernel can do. Pure.
 *
 * @param program of the engine: {@code docker}
 */
record NodeLimitFaults(String program, String node, NodeFacts facts) {
    private static final long PROCESSES_AT_LEAST = 4096;
    /** What one MySQL 8 takes with as many threads as it has by default: 2661, as measured. */
    private static final long AIO_OF_A_DATABASE = 2700;

    private static final long PERCENT_ABOVE_EVICTION = 3;

    /** iptables' own words, in both of its kinds, for what the kernel cannot do. */
    private static final List<String> KERNEL_LACKS = List.of(
            "missing kernel module",
            "can't initialize iptables table",
            "initialize table",
            "could not fetch rule set generation id");

    private static final List<String> CONTROLLERS = List.of("cpu", "cpuset", "memory", "pids");

    /** @param hasMesh whether Istio is part of the installation */
    List<Fault> all(boolean hasMesh) {
        return Stream.of(
                        processes(),
                        controllers(),
                        conntrack(),
                        asynchronousIo(),
                        hasMesh ? redirection() : Optional.<Fault>empty(),
                        disk("nodefs", "its pods' data"),
                        disk("imagefs", "its images"))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A low limit alone does no harm until it is nearly used up. */
    private Optional<Fault> processes() {
        OptionalLong limit = facts.number("pids.max");
        OptionalLong used = facts.number("pids.current");
        if (limit.isEmpty() || used.isEmpty()) {
            return Optional.empty();
        }
        double share = (double) used.getAsLong() / Math.max(1, limit.getAsLong());
        if (share < 0.5 && limit.getAsLong() >= PROCESSES_AT_LEAST) {
            return Optional.empty();
        }
        Severity severity = share >= 0.9 ? Severity.FAILURE : share >= 0.5 ? Severity.WARNING : Severity.NOTE;
        return found(
                "node.pids",
                severity,
                Map.of("limit", String.valueOf(limit.getAsLong()), "used", String.valueOf(used.getAsLong())));
    }

    /** With cgroup v2 the kubelet does without cpuset, which older systemds do not hand on to a user's engine. */
    private Optional<Fault> controllers() {
        List<String> has = facts.words("controllers");
        List<String> missing = CONTROLLERS.stream()
                .filter(controller -> !has.contains(controller))
                .toList();
        if (has.isEmpty() || missing.isEmpty()) {
            return Optional.empty();
        }
        String version = facts.text("cgroup").orElse("");
        boolean doesWithout = version.equals("2") && missing.equals(List.of("cpuset"));
        return found(
                "node.cgroup-controllers",
                doesWithout ? Severity.NOTE : Severity.FAILURE,
                Map.of("missing", String.join(", ", missing), "has", String.join(" ", has), "version", version));
    }

    private Optional<Fault> conntrack() {
        return facts.text("conntrack").filter("no"::equals).isPresent()
                ? found("node.conntrack", Severity.WARNING, Map.of())
                : Optional.empty();
    }

    private Optional<Fault> asynchronousIo() {
        OptionalLong used = facts.number("aio.used");
        OptionalLong limit = facts.number("aio.max");
        boolean isKnown = used.isPresent() && limit.isPresent();
        return isKnown && limit.getAsLong() - used.getAsLong() < AIO_OF_A_DATABASE
                ? found(
                        "node.aio",
                        Severity.WARNING,
                        Map.of("used", String.valueOf(used.getAsLong()), "limit", String.valueOf(limit.getAsLong())))
                : Optional.empty();
    }

    private Optional<Fault> redirection() {
        return facts.text("iptables")
                .filter(answer -> KERNEL_LACKS.stream().anyMatch(answer.toLowerCase(java.util.Locale.ROOT)::contains))
                .flatMap(answer -> found("node.iptables", Severity.FAILURE, Map.of("answer", answer)));
    }

    /** kind's own clusters evict nothing: then only a disk that is full to the brim is told. */
    private Optional<Fault> disk(String which, String holds) {
        OptionalLong left = facts.number("disk." + which);
        OptionalLong kept = facts.number("kept." + which);
        boolean isKnown = left.isPresent() && kept.isPresent();
        return isKnown && left.getAsLong() < kept.getAsLong() + PERCENT_ABOVE_EVICTION
                ? found(
                        "node.disk",
                        Severity.WARNING,
                        Map.of(
                                "holds",
                                holds,
                                "left",
                                String.valueOf(left.getAsLong()),
                                "which",
                                which,
                                "kept",
                                String.valueOf(kept.getAsLong())))
                : Optional.empty();
    }

    private Optional<Fault> found(String check, Severity severity, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("node", node);
        all.put("program", program);
        return Optional.of(Fault.of(CheckCatalogue.shipped().get(check).found(severity, all)));
    }
}
