package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static Fault fault(String id, Severity severity) {
        return Fault.of(new Finding(id, severity, "what", "", "", "", ""), new Fix("mend " + id, reach -> {}));
    }

    @Test
    void isHealthyOnlyWhenEverythingCouldBeLookedAt() {
        assertThat(Diagnosis.of(List.of(), List.of()).isHealthy()).isTrue();
        assertThat(Diagnosis.of(List.of(fault("host.inotify", Severity.WARNING)), List.of())
                        .isHealthy())
                .isTrue();
        assertThat(Diagnosis.of(List.of(), List.of(new Unread("the nodes", "no answer")))
                        .isHealthy())
                .isFalse();
    }

    @Test
    void namesACauseAndOnlyNotesWhatFollowsFromIt() {
        Diagnosis diagnosis = Diagnosis.of(
                List.of(
                        fault("workload.volume-pending", Severity.FAILURE),
                        fault("cluster.provisioner", Severity.FAILURE)),
                List.of());

        assertThat(diagnosis.faults())
                .extracting(each -> each.finding().id() + " " + each.finding().severity() + " " + each.followsFrom()
                        + " " + each.fixes().size())
                .containsExactly(
                        "cluster.provisioner FAILURE  1", "workload.volume-pending NOTE cluster.provisioner 0");
    }

    @Test
    void aCauseMattersAsMuchAsWhatFollowsFromIt() {
        Diagnosis diagnosis = Diagnosis.of(
                List.of(
                        fault("node.registry-name", Severity.WARNING),
                        fault("workload.image-no-dns", Severity.FAILURE)),
                List.of());

        assertThat(diagnosis.faults())
                .extracting(each -> each.finding().id() + " " + each.finding().severity() + " "
                        + each.fixes().size())
                .containsExactly("node.registry-name FAILURE 1", "workload.image-no-dns NOTE 0");
        assertThat(diagnosis.isHealthy()).isFalse();
    }

    @Test
    void namesOnlyTheFirstOfAChainOfCauses() {
        Diagnosis diagnosis = Diagnosis.of(
                List.of(
                        fault("workload.evicted", Severity.FAILURE),
                        fault("node.pressure", Severity.WARNING),
                        fault("node.disk", Severity.WARNING)),
                List.of());

        assertThat(diagnosis.faults())
                .extracting(each -> each.finding().id() + " " + each.finding().severity() + " " + each.followsFrom())
                .containsExactly(
                        "node.disk FAILURE ", "node.pressure NOTE node.disk", "workload.evicted NOTE node.pressure");
    }

    @Test
    void nothingFollowsFromANote() {
        assertThat(Diagnosis.of(
                                List.of(
                                        fault("workload.volume-pending", Severity.FAILURE),
                                        fault("cluster.provisioner", Severity.NOTE)),
                                List.of())
                        .faults())
                .extracting(Fault::followsFrom)
                .containsOnly("");
    }

    @Test
    void keepsOnlyWhatIsAskedFor() {
        assertThat(Diagnosis.of(
                                List.of(
                                        fault("workload.evicted", Severity.FAILURE),
                                        fault("host.inotify", Severity.WARNING)),
                                List.of())
                        .of(Set.of("host.inotify"))
                        .findings())
                .extracting(Finding::id)
                .containsExactly("host.inotify");
    }

    @Test
    void selectsByIdAndByGroup() {
        Check evicted = CheckCatalogue.shipped().get("workload.evicted");

        assertThat(Selection.of(List.of(), List.of()).ids())
                .hasSameSizeAs(CheckCatalogue.shipped().all());
        assertThat(Selection.of(List.of(evicted), List.of(CheckGroup.NODE)).ids())
                .contains("workload.evicted", "node.paused")
                .doesNotContain("workload.refused");
        assertThat(Selection.of(List.of(evicted), List.of()).has(CheckGroup.NODE))
                .isFalse();
        assertThat(Selection.of(List.of(evicted), List.of()).reachesAboveTheEngine())
                .isTrue();
        assertThat(Selection.of(List.of(), List.of(CheckGroup.HOST, CheckGroup.ENGINE))
                        .reachesAboveTheEngine())
                .isFalse();
    }
}
