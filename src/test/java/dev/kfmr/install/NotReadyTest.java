package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.HandClock;
import dev.kfmr.core.KfmrException;
import dev.kfmr.doctor.WorkloadFinding;
import dev.kfmr.install.ComponentReadiness.Item;
import dev.kfmr.ready.PodExplanation;
import dev.kfmr.ready.PodExplanation.Reason;
import dev.kfmr.ready.Status;
import dev.kfmr.ready.WorkloadReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotReadyTest {
    private static final PodExplanation CRASH = new PodExplanation(
            Reason.CRASH_LOOP,
            "container main crashes again and again: exit code 139 (SIGSEGV), restarted 4 times",
            List.of("Check failed: status"));
    private static final PodExplanation NO_IMAGE =
            new PodExplanation(Reason.IMAGE_NOT_FOUND, "cannot pull x:1: no registry has it", List.of());

    private static final ObjectRef STORE = new ObjectRef("apps", "v1", "Deployment", "kubeflow", "store");
    private static final WorkloadFinding FINDINGS = new WorkloadFinding(Map.of("x:1", "y:1"));

    private static ComponentReadiness component(boolean isApplied, Item... items) {
        return new ComponentReadiness("pipelines", isApplied, List.of(items));
    }

    private static Item unready(PodExplanation explanation) {
        return Item.unready(new WorkloadReport(
                STORE, new Status(Status.State.IN_PROGRESS, "0 of 1 ready"), Optional.of(explanation)));
    }

    @Test
    void namesEachObjectWithItsReasonItsLogAndTheNextStep() {
        KfmrException error = NotReady.error(
                List.of(component(true, Item.ready("Deployment kubeflow/mysql"), unready(CRASH))),
                FINDINGS,
                "after 60 s");

        assertThat(error.exitCode()).isEqualTo(ExitCode.NOT_READY);
        assertThat(error.code()).isEqualTo("not-ready");
        assertThat(error.what()).isEqualTo("1 of 2 objects are not ready after 60 s.");
        assertThat(error.why())
                .isEqualTo(
                        """
                        Deployment kubeflow/store: container main crashes again and again: exit code 139 (SIGSEGV), restarted 4 times
                            Check failed: status""");
        assertThat(error.remedy())
                .isEqualTo(
                        """
                        Read its log: kfmr logs store
                        Run the same command again: it goes on from here.""");
    }

    @Test
    void namesWhatStandsInForAnImageThatIsKnownToBeGone() {
        KfmrException error = NotReady.error(List.of(component(true, unready(NO_IMAGE))), FINDINGS, "");

        assertThat(error.remedy())
                .startsWith("This image is known to be gone or to crash; y:1 stands in for it")
                .contains("kfmr pins verify");
    }

    @Test
    void namesAComponentThatWasNotEvenApplied() {
        KfmrException error =
                NotReady.error(List.of(component(false, Item.waiting("Deployment a/b", "b"))), FINDINGS, "");

        assertThat(error.why()).isEqualTo("pipelines: not applied, since what it comes after is not ready");
    }

    @Test
    void isHopelessWhenAnImageDoesNotExistAndNothingElseMoves() {
        HandClock clock = new HandClock("2026-01-01T00:00:00Z");
        HopelessImages hopeless = new HopelessImages(clock);
        List<ComponentReadiness> stuck = List.of(component(true, Item.ready("a"), unready(NO_IMAGE)));
        hopeless.isHopeless(stuck);

        clock.advance(Duration.ofSeconds(119));
        assertThat(hopeless.isHopeless(stuck)).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(hopeless.isHopeless(stuck)).isTrue();
    }

    @Test
    void hopesWhileOthersBecomeReady() {
        HandClock clock = new HandClock("2026-01-01T00:00:00Z");
        HopelessImages hopeless = new HopelessImages(clock);
        hopeless.isHopeless(List.of(component(true, Item.waiting("a", "a"), unready(NO_IMAGE))));
        clock.advance(Duration.ofSeconds(121));

        assertThat(hopeless.isHopeless(List.of(component(true, Item.ready("a"), unready(NO_IMAGE)))))
                .isFalse();
    }

    @Test
    void neverGivesUpEarlyOnACrashLoop() {
        HandClock clock = new HandClock("2026-01-01T00:00:00Z");
        HopelessImages hopeless = new HopelessImages(clock);
        List<ComponentReadiness> crashing = List.of(component(true, unready(CRASH)));
        hopeless.isHopeless(crashing);
        clock.advance(Duration.ofHours(1));

        assertThat(hopeless.isHopeless(crashing)).isFalse();
    }
}
