package dev.kfmr.check;

import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.plan.RequestPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** This machine and what its engine says of itself. */
public final class MachineCases implements CheckCase.Source {
    private static final Map<String, StagedMachine> FOUND = new LinkedHashMap<>();

    /** That do not tell what the check looks at. The look as a whole fails where no engine answers. */
    private static final Map<String, StagedMachine> BLIND = Map.of(
            "host.inotify", new StagedMachine().inotifyUnknown(),
            "host.apparmor-mysqld", new StagedMachine().mysqldProfile().elsewhere(),
            "host.network-overlap",
                    new StagedMachine().route("tun0", "172.16.0.0/12").elsewhere(),
            "engine.disk", new StagedMachine().freeDiskMib(OptionalLong.empty()),
            "engine.cgroup", new StagedMachine().cgroupVersion(0),
            "engine.btrfs", new StagedMachine().storage("", ""),
            "engine.containerd-images", new StagedMachine().storage("", ""));

    static {
        FOUND.put("host.inotify", new StagedMachine().inotify(1, 1));
        FOUND.put("host.ports", new StagedMachine().ports(Map.of(8080, "pipelines"), Set.of(8080)));
        FOUND.put("host.proxy", new StagedMachine().proxies(Map.of("HTTPS_PROXY", "http://127.0.0.1:3128")));
        FOUND.put("host.apparmor-mysqld", new StagedMachine().mysqldProfile());
        FOUND.put("host.network-overlap", new StagedMachine().route("tun0", "172.16.0.0/12"));
        FOUND.put("host.docker-config", new StagedMachine().closedDockerFolder("/home/ada/.docker"));
        FOUND.put("engine.cpus", new StagedMachine().needingNothing().cpus(1));
        FOUND.put("engine.memory", new StagedMachine().memoryMib(1599));
        FOUND.put("engine.memory-requests-lowered", new StagedMachine().memoryMib(1600));
        FOUND.put("engine.cpu-requests", new StagedMachine().policy(RequestPolicy.UPSTREAM));
        FOUND.put("engine.cpu-requests-lowered", new StagedMachine().policy(RequestPolicy.AUTO));
        FOUND.put("engine.disk", new StagedMachine().freeDiskMib(OptionalLong.of(5119)));
        FOUND.put("engine.cgroup", new StagedMachine().cgroupVersion(1));
        FOUND.put("engine.rootless", new StagedMachine().rootless(true));
        FOUND.put("engine.snap", new StagedMachine().snap(true));
        FOUND.put("engine.init", new StagedMachine().init(true));
        FOUND.put("engine.containerd-images", new StagedMachine().storage("overlayfs", "ext4"));
        FOUND.put("engine.btrfs", new StagedMachine().storage("overlay2", "btrfs"));
    }

    /** Of the checks that nothing but an engine that answers tells anything for. */
    public static Set<String> idsOfTheEngine() {
        return FOUND.keySet().stream().filter(id -> id.startsWith("engine.")).collect(Collectors.toSet());
    }

    @Override
    public Stream<CheckCase> cases() {
        return Stream.concat(
                FOUND.entrySet().stream()
                        .flatMap(each -> Stream.of(
                                CheckCase.of(each.getKey(), Kind.FOUND, () -> seen(each.getValue())),
                                CheckCase.of(each.getKey(), Kind.NOT_FOUND, () -> seen(new StagedMachine())))),
                BLIND.entrySet().stream()
                        .map(each -> CheckCase.of(each.getKey(), Kind.COULD_NOT_LOOK, () -> seen(each.getValue()))));
    }

    private static Seen seen(StagedMachine machine) {
        return Seen.of(Preflight.run(machine.input()).stream());
    }
}
