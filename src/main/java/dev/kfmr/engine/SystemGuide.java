package dev.kfmr.engine;

import dev.kfmr.core.Resource;
import dev.kfmr.profile.YamlDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How to get an engine on one system: its entry of {@code systems.yaml}, made fit for who runs kfmr there. */
final class SystemGuide {
    private static final String DATA = "systems.yaml";
    private static final String ELSEWHERE =
            "Install Docker, Podman, Colima or Rancher Desktop as its documentation says, start it, then run the same"
                    + " command again.";

    private final SystemFacts system;
    private final Optional<Map<String, Object>> entry;

    private SystemGuide(SystemFacts system, Optional<Map<String, Object>> entry) {
        this.system = system;
        this.entry = entry;
    }

    static SystemGuide of(SystemFacts system) {
        return new SystemGuide(
                system,
                YamlDocuments.parse(Resource.text(SystemGuide.class, DATA), DATA).stream()
                        .filter(candidate -> fits(candidate, system))
                        .findFirst());
    }

    private static boolean fits(Map<String, Object> candidate, SystemFacts system) {
        List<String> wanted = texts(candidate.get("distributions"));
        List<String> excluded = texts(candidate.get("excluded"));
        return system.operatingSystem().name().toLowerCase(Locale.ROOT).equals(candidate.get("os"))
                && system.packageManagers().contains(String.valueOf(candidate.get("packageManager")))
                && (wanted.isEmpty() || system.distributions().stream().anyMatch(wanted::contains))
                && system.distributions().stream().noneMatch(excluded::contains);
    }

    /** Everything from nothing to an engine that this user may use; empty where kfmr knows no way. */
    List<InstallStep> wholeWay() {
        List<InstallStep> all = new ArrayList<>(steps("install"));
        all.addAll(steps("start"));
        all.addAll(joinSteps());
        return all;
    }

    String howToInstall() {
        return wholeWay().isEmpty()
                ? ELSEWHERE
                : "Run the same command again with --install-engine, which does this, or do it yourself:\n"
                        + commands(wholeWay());
    }

    String howToStart(EngineKind kind) {
        if (kind == EngineKind.PODMAN) {
            return system.operatingSystem() == SystemFacts.OperatingSystem.LINUX
                    ? "See what Podman says: podman info"
                    : "Start its machine: podman machine start";
        }
        List<InstallStep> start = steps("start");
        return start.isEmpty()
                ? "Start Docker, then run the same command again."
                : "Start it, then run the same command again:\n" + commands(start);
    }

    String howToJoin() {
        List<InstallStep> join = joinSteps();
        return join.isEmpty()
                ? "Let this user read and write the engine's socket, then run the same command again."
                : commands(join) + "\nThen log out and in again (a group counts from the next login), and run the same"
                        + " command again.";
    }

    private List<InstallStep> joinSteps() {
        return system.root() ? List.of() : steps("join");
    }

    private static String commands(List<InstallStep> steps) {
        return steps.stream().map(step -> "  " + step.text()).collect(Collectors.joining("\n"));
    }

    private List<InstallStep> steps(String key) {
        Object list = entry.map(e -> e.get(key)).orElse(List.of());
        return list instanceof List<?> items
                ? items.stream()
                        .map(item -> (Map<?, ?>) item)
                        .filter(this::isForThisInit)
                        .map(this::step)
                        .toList()
                : List.of();
    }

    private boolean isForThisInit(Map<?, ?> step) {
        Object when = step.get("when");
        return when == null || when.equals(system.systemd() ? "systemd" : "no-systemd");
    }

    private InstallStep step(Map<?, ?> data) {
        List<String> command = new ArrayList<>();
        if (Boolean.TRUE.equals(data.get("root")) && !system.root()) {
            command.add("sudo");
        }
        texts(data.get("command")).forEach(word -> command.add(filled(word)));
        long minutes = Long.parseLong(String.valueOf(data.get("minutes")));
        return new InstallStep(filled(String.valueOf(data.get("title"))), command, Duration.ofMinutes(minutes));
    }

    private String filled(String text) {
        return text.replace("{user}", system.user());
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
