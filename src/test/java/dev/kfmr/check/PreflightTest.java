package dev.kfmr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kfmr.engine.EngineFacts;
import dev.kfmr.engine.EngineKind;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
    private static final RequestSums STANDALONE =
            new RequestSums(new MachineNeeds(1142, 1900, 26), new MachineNeeds(118, 1000, 26));

    @Test
    void findsNothingOnAMachineThatIsFine() {
        assertThat(Preflight.run(new Machine().input())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, WARNING", "2, none", "8, none"})
    void wantsTwoCpus(int cpus, String severity) {
        assertThat(severityOf("engine.cpus", new Machine().cpus(cpus))).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,     1599, engine.memory,                  FAILURE",
        "AUTO,     1600, engine.memory,                  none",
        "AUTO,     1600, engine.memory-requests-lowered, WARNING",
        "AUTO,     2499, engine.memory-requests-lowered, WARNING",
        "AUTO,     2500, engine.memory-requests-lowered, none",
        "AUTO,     2500, engine.memory,                  WARNING",
        "AUTO,     3125, engine.memory,                  none",
        "UPSTREAM, 2499, engine.memory,                  FAILURE",
        "UPSTREAM, 2500, engine.memory,                  WARNING",
        "LOWERED,  1599, engine.memory,                  FAILURE",
        "LOWERED,  1600, engine.memory,                  WARNING",
        "LOWERED,  2000, engine.memory,                  none",
        "LOWERED,  1600, engine.memory-requests-lowered, none",
    })
    void judgesMemoryByThePolicy(RequestPolicy policy, int memoryMib, String id, String severity) {
        assertThat(severityOf(id, new Machine().policy(policy).cpus(4).memoryMib(memoryMib)))
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,     4, 16000, '',         ''",
        "AUTO,     2, 16000, CPU,        ''",
        "AUTO,     4, 2000,  MEMORY,     ''",
        "AUTO,     2, 2000,  CPU MEMORY, ''",
        "AUTO,     4, 1500,  MEMORY,     MEMORY",
        "AUTO,     1, 16000, CPU,        CPU",
        "LOWERED,  4, 16000, CPU MEMORY, ''",
        "UPSTREAM, 2, 2000,  '',         CPU MEMORY",
    })
    void lowersOnlyWhatDoesNotFit(RequestPolicy policy, int cpus, int memoryMib, String lowered, String missing) {
        FitDecision decision = FitDecision.decide(
                policy,
                STANDALONE,
                new Machine()
                        .policy(policy)
                        .cpus(cpus)
                        .memoryMib(memoryMib)
                        .input()
                        .engine());

        assertThat(decision.lowered().stream().sorted().map(Enum::name)).isEqualTo(words(lowered));
        assertThat(decision.missing().stream().sorted().map(Enum::name)).isEqualTo(words(missing));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    @Test
    void notesAnImageStoreThatLoadingImagesStumblesOver() {
        assertThat(severityOf("engine.containerd-images", new Machine().storage("overlayfs", "ext4")))
                .isEqualTo("NOTE");
        assertThat(severityOf("engine.containerd-images", new Machine().storage("overlay2", "ext4")))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"overlay2, btrfs, NOTE", "btrfs, '', NOTE", "overlay2, xfs, none", "overlay2, '', none"})
    void notesADiskWhoseDevicesANodeMayNotSee(String driver, String filesystem, String severity) {
        assertThat(severityOf("engine.btrfs", new Machine().storage(driver, filesystem)))
                .isEqualTo(severity);
    }

    @Test
    void showsTheSumOfMemory() {
        Finding finding = only(
                "engine.memory", new Machine().policy(RequestPolicy.UPSTREAM).memoryMib(2000));

        assertThat(finding.what()).isEqualTo("The engine has 2000 MiB of memory; this installation asks for 2500 MiB.");
        assertThat(finding.evidence())
                .startsWith("1900 MiB for its pods (upstream's requests) + 600 MiB for Kubernetes = 2500 MiB;"
                        + " with lowered requests 1600 MiB;");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,     2, engine.cpu-requests-lowered, NOTE",
        "AUTO,     3, engine.cpu-requests-lowered, none",
        "UPSTREAM, 2, engine.cpu-requests,         FAILURE",
        "UPSTREAM, 3, engine.cpu-requests,         none",
        "AUTO,     1, engine.cpu-requests,         FAILURE",
        "LOWERED,  1, engine.cpu-requests,         FAILURE",
        "LOWERED,  2, engine.cpu-requests,         none",
        "LOWERED,  2, engine.cpu-requests-lowered, none",
    })
    void judgesCpuRequestsByThePolicy(RequestPolicy policy, int cpus, String id, String severity) {
        assertThat(severityOf(id, new Machine().policy(policy).cpus(cpus))).isEqualTo(severity);
    }

    @Test
    void showsTheSumOfCpuRequests() {
        assertThat(only("engine.cpu-requests", new Machine().policy(RequestPolicy.UPSTREAM))
                        .evidence())
                .startsWith("1142m for this installation (upstream's requests) + 950m for Kubernetes = 2092m");
    }

    @ParameterizedTest
    @CsvSource({"5119, FAILURE", "5120, WARNING", "20479, WARNING", "20480, none"})
    void wantsRoomForImages(long freeMib, String severity) {
        assertThat(severityOf("engine.disk", new Machine().freeDiskMib(OptionalLong.of(freeMib))))
                .isEqualTo(severity);
    }

    @Test
    void doesNotJudgeADiskThatItCannotSee() {
        assertThat(severityOf("engine.disk", new Machine().freeDiskMib(OptionalLong.empty())))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"1, false, WARNING", "1, true, FAILURE", "2, true, none", "0, true, none"})
    void wantsCgroupV2(int version, boolean rootless, String severity) {
        assertThat(severityOf(
                        "engine.cgroup", new Machine().cgroupVersion(version).rootless(rootless)))
                .isEqualTo(severity);
    }

    @Test
    void notesARootlessEngine() {
        assertThat(severityOf("engine.rootless", new Machine().rootless(true))).isEqualTo("NOTE");
    }

    @Test
    void warnsOfDockerFromASnap() {
        assertThat(severityOf("engine.snap", new Machine().snap(true))).isEqualTo("WARNING");
    }

    @Test
    void failsWhereTheDaemonAddsInit() {
        assertThat(severityOf("engine.init", new Machine().init(true))).isEqualTo("FAILURE");
    }

    @ParameterizedTest
    @CsvSource({
        "512, 524288, none",
        "2280, 1255360, none",
        "511, 524288, WARNING",
        "512, 524287, WARNING",
        "128, 8192, WARNING",
        "127, 524288, FAILURE",
        "512, 8191, FAILURE",
    })
    void wantsInotifyLimits(long instances, long watches, String severity) {
        assertThat(severityOf("host.inotify", new Machine().inotify(instances, watches)))
                .isEqualTo(severity);
    }

    @Test
    void raisesInotifyLimitsAndLowersNone() {
        assertThat(only("host.inotify", new Machine().inotify(128, 1_000_000)).remedy())
                .startsWith("sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=1000000\n");
    }

    @Test
    void leavesThisKernelAloneWhereTheEngineHasAnother() {
        Machine machine = new Machine().inotify(1, 1).mysqldProfile().elsewhere();

        assertThat(Preflight.run(machine.input())).isEmpty();
    }

    @Test
    void namesEachTakenPortAndWhoWantsIt() {
        List<Finding> findings = Preflight.run(new Machine()
                .ports(Map.of(8080, "pipelines", 9000, "registry", 9001, "ui"), Set.of(9000, 8080))
                .input());

        assertThat(findings)
                .extracting(Finding::id, Finding::severity, Finding::what)
                .containsExactly(
                        tuple("host.ports", Severity.NOTE, "Local port 8080, which pipelines would take, is in use."),
                        tuple("host.ports", Severity.NOTE, "Local port 9000, which registry would take, is in use."));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3128, WARNING",
        "localhost:3128, WARNING",
        "http://ada:secret@LOCALHOST:3128/, WARNING",
        "http://[::1]:3128, WARNING",
        "http://proxy.example.com:3128, none",
        "http://localhost.example.com:3128, none",
    })
    void warnsOfAProxyOnLoopback(String proxy, String severity) {
        assertThat(severityOf("host.proxy", new Machine().proxies(Map.of("HTTPS_PROXY", proxy))))
                .isEqualTo(severity);
    }

    @Test
    void showsNoPasswordOfAProxy() {
        assertThat(only("host.proxy", new Machine().proxies(Map.of("HTTP_PROXY", "http://ada:secret@localhost:1")))
                        .evidence())
                .isEqualTo("HTTP_PROXY=http://localhost:1");
    }

    @Test
    void warnsOfAnAppArmorProfileOfMysqld() {
        assertThat(severityOf("host.apparmor-mysqld", new Machine().mysqldProfile()))
                .isEqualTo("WARNING");
    }

    @ParameterizedTest
    @CsvSource({
        "tun0, 172.16.0.0/12, WARNING",
        "eth0, 172.18.5.0/24, WARNING",
        "eth0, 192.168.1.0/24, none",
        "br-8f2c, 172.18.0.0/16, none",
        "docker0, 172.17.0.0/16, none",
    })
    void warnsOfANetworkThatOverlapsThatOfKind(String networkInterface, String route, String severity) {
        assertThat(severityOf("host.network-overlap", new Machine().route(networkInterface, route)))
                .isEqualTo(severity);
    }

    @Test
    void putsFailuresFirst() {
        Machine machine = new Machine()
                .ports(Map.of(8080, "pipelines"), Set.of(8080))
                .snap(true)
                .init(true);

        assertThat(Preflight.run(machine.input()))
                .extracting(Finding::severity)
                .containsExactly(Severity.FAILURE, Severity.WARNING, Severity.NOTE);
    }

    private static String severityOf(String id, Machine machine) {
        return Preflight.run(machine.input()).stream()
                .filter(finding -> finding.id().equals(id))
                .map(finding -> finding.severity().name())
                .findFirst()
                .orElse("none");
    }

    private static Finding only(String id, Machine machine) {
        return Preflight.run(machine.input()).stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A machine that is fine, until a test says otherwise. */
    private static final class Machine {
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
        private RequestPolicy policy = RequestPolicy.AUTO;
        private Map<Integer, String> wantedPorts = Map.of();

        PreflightInput input() {
            EngineFacts engine = new EngineFacts(
                    EngineKind.DOCKER,
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
            HostFacts host =
                    new HostFacts(inotifyInstances, inotifyWatches, takenPorts, proxies, profilesMysqld, routes);
            return new PreflightInput(
                    engine, host, STANDALONE, policy, wantedPorts, List.of("172.18.0.0/16", "fc00:f853:ccd:e793::/64"));
        }

        Machine policy(RequestPolicy wanted) {
            policy = wanted;
            // Two CPUs are what a standalone installation does not fit into.
            cpus = 2;
            return this;
        }

        Machine cpus(int wanted) {
            cpus = wanted;
            return this;
        }

        Machine memoryMib(int wanted) {
            memoryMib = wanted;
            return this;
        }

        Machine freeDiskMib(OptionalLong wanted) {
            freeDiskMib = wanted;
            return this;
        }

        Machine cgroupVersion(int wanted) {
            cgroupVersion = wanted;
            return this;
        }

        Machine rootless(boolean wanted) {
            rootless = wanted;
            return this;
        }

        Machine init(boolean wanted) {
            init = wanted;
            return this;
        }

        Machine snap(boolean wanted) {
            snap = wanted;
            return this;
        }

        Machine storage(String driver, String ofTheDisk) {
            storageDriver = driver;
            filesystem = ofTheDisk;
            return this;
        }

        Machine elsewhere() {
            onThisMachine = false;
            return this;
        }

        Machine inotify(long instances, long watches) {
            inotifyInstances = OptionalLong.of(instances);
            inotifyWatches = OptionalLong.of(watches);
            return this;
        }

        Machine mysqldProfile() {
            profilesMysqld = true;
            return this;
        }

        Machine proxies(Map<String, String> wanted) {
            proxies = wanted;
            return this;
        }

        Machine route(String networkInterface, String cidr) {
            routes = List.of(Route.of(networkInterface, cidr).orElseThrow());
            return this;
        }

        Machine ports(Map<Integer, String> wanted, Set<Integer> taken) {
            wantedPorts = wanted;
            takenPorts = taken;
            return this;
        }
    }
}
