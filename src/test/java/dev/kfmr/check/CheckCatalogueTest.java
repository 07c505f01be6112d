package dev.kfmr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCatalogueTest {
    private static final CheckCatalogue CATALOGUE = CheckCatalogue.shipped();

    @Test
    void everyCheckSaysWhatWhyAndWhatToDo() {
        assertThat(CATALOGUE.all()).hasSizeGreaterThan(70).allSatisfy(check -> {
            assertThat(check.title()).as(check.id()).isNotEmpty();
            assertThat(check.what()).as(check.id()).isNotEmpty();
            assertThat(check.evidence()).as(check.id()).isNotEmpty();
            assertThat(check.why()).as(check.id()).isNotEmpty();
            boolean needsNothing = check.severity() == Severity.NOTE;
            assertThat(needsNothing || !check.remedy().isEmpty()).as(check.id()).isTrue();
        });
    }

    @Test
    void everyThreadIsAUrl() {
        assertThat(CATALOGUE.all()).extracting(Check::thread).allSatisfy(thread -> assertThat(thread)
                .matches("|https://[^ ]+"));
    }

    @Test
    void everyCauseIsAnotherCheck() {
        assertThat(CATALOGUE.all()).allSatisfy(check -> assertThat(check.followsFrom())
                .as(check.id())
                .allSatisfy(cause -> assertThat(CATALOGUE.has(cause)).as(cause).isTrue())
                .doesNotContain(check.id()));
    }

    /** But for what only Docker has. */
    @Test
    void commandsAreThoseOfTheEngineInUse() {
        assertThat(CATALOGUE.all())
                .filteredOn(check -> !check.id().equals("engine.containerd-images"))
                .allSatisfy(check -> assertThat(check.remedy() + check.why() + check.evidence() + check.fix())
                        .as(check.id())
                        .doesNotContainPattern("\\b(docker|podman|docker-image) (?!or )[A-Za-z{-]"));
    }

    @Test
    void keepsTheOrderOfTheGroups() {
        assertThat(CATALOGUE.all()).extracting(Check::group).isSorted();
    }

    @Test
    void namesTheNearestCheckForAnIdThatIsNone() {
        assertThatThrownBy(() -> CATALOGUE.named("host.inotfy"))
                .isInstanceOf(KfmrException.class)
                .hasMessage("There is no check host.inotfy. Did you mean host.inotify?");
    }

    /** {@code pod} was the group of workloads. */
    @ParameterizedTest
    @ValueSource(strings = {"segfault", "evicted", "out-of-memory", "no-sidecar"})
    void namesTheCheckOfAnIdWhoseGroupIsCalledOtherwiseNow(String subject) {
        assertThatThrownBy(() -> CATALOGUE.named("pod." + subject))
                .isInstanceOf(KfmrException.class)
                .hasMessageEndingWith("Did you mean workload." + subject + "?");
    }

    @Test
    void showsARemedyWithoutAFinding() {
        Check check = new Check(
                "node.paused", "t", Severity.FAILURE, "w", "e", "y", "docker unpause {node}", "", "", List.of());

        assertThat(check.generalRemedy()).isEqualTo("docker unpause NODE");
        assertThat(check.group()).isEqualTo(CheckGroup.NODE);
        assertThat(check.isFixable()).isFalse();
    }
}
