package dev.kfmr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
    static final RequestSums STANDALONE =
            new RequestSums(new MachineNeeds(1142, 1900, 26), new MachineNeeds(118, 1000, 26));

    @Test
    void findsNothingOnAMachineThatIsFine() {
        assertThat(Preflight.run(new StagedMachine().input())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, WARNING", "2, none", "8, none"})
    void wantsTwoCpus(int cpus, String severity) {
        assertThat(severityOf("engine.cpus", new StagedMachine().cpus(cpus))).isEqualTo(severity);
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
        assertThat(severityOf(id, new StagedMachine().policy(policy).cpus(4).memoryMib(memoryMib)))
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
                new StagedMachine()
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
        assertThat(severityOf("engine.containerd-images", new StagedMachine().storage("overlayfs", "ext4")))
                .isEqualTo("NOTE");
        assertThat(severityOf("engine.containerd-images", new StagedMachine().storage("overlay2", "ext4")))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"overlay2, btrfs, NOTE", "btrfs, '', NOTE", "overlay2, xfs, none", "overlay2, '', none"})
    void notesADiskWhoseDevicesANodeMayNotSee(String driver, String filesystem, String severity) {
        assertThat(severityOf("engine.btrfs", new StagedMachine().storage(driver, filesystem)))
                .isEqualTo(severity);
    }

    @Test
    void showsTheSumOfMemory() {
        Finding finding = only(
                "engine.memory",
                new StagedMachine().policy(RequestPolicy.UPSTREAM).memoryMib(2000));

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
        assertThat(severityOf(id, new StagedMachine().policy(policy).cpus(cpus)))
                .isEqualTo(severity);
    }

    @Test
    void showsTheSumOfCpuRequests() {
        assertThat(only("engine.cpu-requests", new StagedMachine().policy(RequestPolicy.UPSTREAM))
                        .evidence())
                .startsWith("1142m for this installation (upstream's requests) + 950m for Kubernetes = 2092m");
    }

    @ParameterizedTest
    @CsvSource({"5119, FAILURE", "5120, WARNING", "20479, WARNING", "20480, none"})
    void wantsRoomForImages(long freeMib, String severity) {
        assertThat(severityOf("engine.disk", new StagedMachine().freeDiskMib(OptionalLong.of(freeMib))))
                .isEqualTo(severity);
    }

    @Test
    void doesNotJudgeADiskThatItCannotSee() {
        assertThat(severityOf("engine.disk", new StagedMachine().freeDiskMib(OptionalLong.empty())))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"1, false, WARNING", "1, true, FAILURE", "2, true, none", "0, true, none"})
    void wantsCgroupV2(int version, boolean rootless, String severity) {
        assertThat(severityOf(
                        "engine.cgroup",
                        new StagedMachine().cgroupVersion(version).rootless(rootless)))
                .isEqualTo(severity);
    }

    @Test
    void notesARootlessEngine() {
        assertThat(severityOf("engine.rootless", new StagedMachine().rootless(true)))
                .isEqualTo("NOTE");
    }

    @Test
    void warnsOfDockerFromASnap() {
        assertThat(severityOf("engine.snap", new StagedMachine().snap(true))).isEqualTo("WARNING");
    }

    @Test
    void failsWhereTheDaemonAddsInit() {
        assertThat(severityOf("engine.init", new StagedMachine().init(true))).isEqualTo("FAILURE");
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
        assertThat(severityOf("host.inotify", new StagedMachine().inotify(instances, watches)))
                .isEqualTo(severity);
    }

    @Test
    void raisesInotifyLimitsAndLowersNone() {
        assertThat(only("host.inotify", new StagedMachine().inotify(128, 1_000_000))
                        .remedy())
                .startsWith("sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=1000000\n");
    }

    @Test
    void leavesThisKernelAloneWhereTheEngineHasAnother() {
        StagedMachine machine =
                new StagedMachine().inotify(1, 1).mysqldProfile().elsewhere();

        assertThat(Preflight.run(machine.input())).isEmpty();
    }

    @Test
    void namesEachTakenPortAndWhoWantsIt() {
        List<Finding> findings = Preflight.run(new StagedMachine()
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
        assertThat(severityOf("host.proxy", new StagedMachine().proxies(Map.of("HTTPS_PROXY", proxy))))
                .isEqualTo(severity);
    }

    @Test
    void showsNoPasswordOfAProxy() {
        assertThat(only(
                                "host.proxy",
                                new StagedMachine().proxies(Map.of("HTTP_PROXY", "http://ada:secret@localhost:1")))
                        .evidence())
                .isEqualTo("HTTP_PROXY=http://localhost:1");
    }

    @Test
    void warnsOfAnAppArmorProfileOfMysqld() {
        assertThat(severityOf("host.apparmor-mysqld", new StagedMachine().mysqldProfile()))
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
        assertThat(severityOf("host.network-overlap", new StagedMachine().route(networkInterface, route)))
                .isEqualTo(severity);
    }

    @Test
    void putsFailuresFirst() {
        StagedMachine machine = new StagedMachine()
                .ports(Map.of(8080, "pipelines"), Set.of(8080))
                .snap(true)
                .init(true);

        assertThat(Preflight.run(machine.input()))
                .extracting(Finding::severity)
                .containsExactly(Severity.FAILURE, Severity.WARNING, Severity.NOTE);
    }

    private static String severityOf(String id, StagedMachine machine) {
        return Preflight.run(machine.input()).stream()
                .filter(finding -> finding.id().equals(id))
                .map(finding -> finding.severity().name())
                .findFirst()
                .orElse("none");
    }

    @Test
    void leavesDockersSettingsWhereTheEngineIsPodman() {
        StagedMachine machine = new StagedMachine().closedDockerFolder("/home/ada/.docker");

        assertThat(Preflight.run(machine.input())).singleElement().satisfies(finding -> assertThat(finding.remedy())
                .isEqualTo("sudo chown -R \"$USER\" \"/home/ada/.docker\""));
        assertThat(Preflight.run(machine.podman().input())).isEmpty();
    }

    private static Finding only(String id, StagedMachine machine) {
        return Preflight.run(machine.input()).stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
