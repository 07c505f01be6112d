package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeLimitFaultsTest {
    private static List<Fault> faults(String facts) {
        return new NodeLimitFaults("docker", "node", NodeFacts.of(facts)).all(true);
    }

    @Test
    void findsNothingWrongWithANodeOfKind() {
        assertThat(
                        faults(
                                """
                        pids.max max
                        pids.current 812
                        aio.used 2661
                        aio.max 65536
                        conntrack yes
                        cgroup 1
                        controllers pids blkio freezer devices memory cpuset cpuacct cpu
                        iptables iptables: Bad rule (does a matching rule exist in that chain?).
                        disk.nodefs 30
                        disk.imagefs 30
                        kept.nodefs 0
                        kept.imagefs 0
                        """))
                .isEmpty();
    }

    @Test
    void judgesNothingThatTheNodeDoesNotTell() {
        assertThat(faults("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2048, 700, NOTE", "2048, 1500, WARNING", "2048, 2000, FAILURE", "20000, 19000, FAILURE"})
    void aLimitOfProcessesMattersByHowMuchOfItIsUsed(String limit, String used, Severity severity) {
        assertThat(faults("pids.max " + limit + "\npids.current " + used))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("node.pids");
                    assertThat(fault.finding().severity()).isEqualTo(severity);
                    assertThat(fault.finding().remedy()).isEqualTo("docker update --pids-limit -1 node");
                });
    }

    @Test
    void aHighLimitOfProcessesIsNoMatter() {
        assertThat(faults("pids.max 20000\npids.current 900")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2, cpuset cpu io pids, FAILURE, memory",
        "2, io pids, FAILURE, 'cpu, cpuset, memory'",
        "2, cpu io memory pids, NOTE, cpuset",
        "1, cpu cpuacct memory pids, FAILURE, cpuset"
    })
    void aNodeNeedsTheControllersOfItsKubelet(String version, String has, Severity severity, String missing) {
        assertThat(faults("cgroup " + version + "\ncontrollers " + has))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("node.cgroup-controllers");
                    assertThat(fault.finding().severity()).isEqualTo(severity);
                    assertThat(fault.finding().what())
                            .isEqualTo("The node node lacks controllers of cgroups: " + missing + ".");
                    assertThat(fault.finding().evidence()).isEqualTo("cgroup v" + version + " in it has: " + has);
                });
    }

    @Test
    void findsAKernelThatDoesNotTrackConnectionsAndSaysWhichMessageIsHarmless() {
        assertThat(faults("conntrack no")).singleElement().satisfies(fault -> {
            assertThat(fault.finding().id()).isEqualTo("node.conntrack");
            assertThat(fault.finding().why()).contains("nf_conntrack_ipv4", "harmless", "4.19");
        });
    }

    @Test
    void findsThatNoDatabaseMoreCanHaveAsynchronousIo() {
        assertThat(faults("aio.used 64000\naio.max 65536"))
                .extracting(fault -> fault.finding().what())
                .containsExactly("Nearly all asynchronous I/O of this kernel is taken: 64000 of 65536.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iptables v1.8.9 (legacy): can't initialize iptables table `nat': Table does not exist",
                "Warning: Extension REDIRECT revision 0 not supported, missing kernel module?"
            })
    void findsAKernelThatCannotRedirectWhereIstioIsInstalledAlone(String answer) {
        NodeLimitFaults node = new NodeLimitFaults("docker", "node", NodeFacts.of("iptables " + answer));

        assertThat(node.all(true)).extracting(fault -> fault.finding().id()).containsExactly("node.iptables");
        assertThat(node.all(false)).isEmpty();
    }

    @Test
    void findsADiskOnWhichTheKubeletSoonEvicts() {
        assertThat(faults("disk.nodefs 20\nkept.nodefs 10\ndisk.imagefs 16\nkept.imagefs 15"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().what()).contains("16 %", "its images");
                    assertThat(fault.finding().evidence()).contains("15 %", "imagefs.available");
                });
    }
}
