package dev.kfmr.check;

import dev.kfmr.engine.EngineFacts;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A machine that is fine, until a test says otherwise. */
final class StagedMachine {
    private int cpus = 4;
    private int memoryMib = 16_000;
    private OptionalLong freeDiskMib = OptionalLong.of(100_000);
    private int cgroupVersion = 2;
    private String storageDriver = "overlay2";
    private String filesystem = "extfs";
    private boolean rootless;
    private boolean init;
    private boolean snap;
    private boolean onThisMachine = true;
    private OptionalLong inotifyInstances = OptionalLong.of(512);
    private OptionalLong inotifyWatches = OptionalLong.of(524_288);
    private Set<Integer> takenPorts = Set.of();
    private Map<String, String> proxies = Map.of();
    private boolean profilesMysqld;
    private List<Route> routes = List.of();
    private Optional<Path> closedDockerFolder = Optional.empty();
    private EngineKind kind = EngineKind.DOCKER;
    private RequestSums needs = PreflightTest.STANDALONE;
    private RequestPolicy policy = RequestPolicy.AUTO;
    private Map<Integer, String> wantedPorts = Map.of();

    PreflightInput input() {
        EngineFacts engine = new EngineFacts(
                kind,
                "28.3.3",
                cpus,
                memoryMib,
                storageDriver,
                "/var/lib/docker",
                filesystem,
                freeDiskMib,
                cgroupVersion,
                rootless,
                init,
                snap,
                "Debian GNU/Linux 12",
                "6.1.0",
                "x86_64",
                onThisMachine);
        HostFacts host = new HostFacts(
                inotifyInstances, inotifyWatches, takenPorts, proxies, profilesMysqld, closedDockerFolder, routes);
        return new PreflightInput(
                engine, host, needs, policy, wantedPorts, List.of("172.18.0.0/16", "fc00:f853:ccd:e793::/64"));
    }

    StagedMachine policy(RequestPolicy wanted) {
        policy = wanted;
        // Two CPUs are what a standalone installation does not fit into.
        cpus = 2;
        return this;
    }

    StagedMachine cpus(int wanted) {
        cpus = wanted;
        return this;
    }

    StagedMachine memoryMib(int wanted) {
        memoryMib = wanted;
        return this;
    }

    StagedMachine freeDiskMib(OptionalLong wanted) {
        freeDiskMib = wanted;
        return this;
    }

    StagedMachine cgroupVersion(int wanted) {
        cgroupVersion = wanted;
        return this;
    }

    StagedMachine rootless(boolean wanted) {
        rootless = wanted;
        return this;
    }

    StagedMachine init(boolean wanted) {
        init = wanted;
        return this;
    }

    StagedMachine snap(boolean wanted) {
        snap = wanted;
        return this;
    }

    StagedMachine storage(String driver, String ofTheDisk) {
        storageDriver = driver;
        filesystem = ofTheDisk;
        return this;
    }

    StagedMachine elsewhere() {
        onThisMachine = false;
        return this;
    }

    StagedMachine inotify(long instances, long watches) {
        inotifyInstances = OptionalLong.of(instances);
        inotifyWatches = OptionalLong.of(watches);
        return this;
    }

    StagedMachine mysqldProfile() {
        profilesMysqld = true;
        return this;
    }

    StagedMachine closedDockerFolder(String wanted) {
        closedDockerFolder = Optional.of(Path.of(wanted));
        return this;
    }

    StagedMachine podman() {
        kind = EngineKind.PODMAN;
        return this;
    }

    StagedMachine proxies(Map<String, String> wanted) {
        proxies = wanted;
        return this;
    }

    StagedMachine route(String networkInterface, String cidr) {
        routes = List.of(Route.of(networkInterface, cidr).orElseThrow());
        return this;
    }

    StagedMachine ports(Map<Integer, String> wanted, Set<Integer> taken) {
        wantedPorts = wanted;
        takenPorts = taken;
        return this;
    }

    /** For an installation of no size. */
    StagedMachine needingNothing() {
        needs = new RequestSums(new MachineNeeds(0, 0, 0), new MachineNeeds(0, 0, 0));
        return this;
    }

    /** Whose kernel does not tell its limits. */
    StagedMachine inotifyUnknown() {
        inotifyInstances = OptionalLong.empty();
        inotifyWatches = OptionalLong.empty();
        return this;
    }
}
