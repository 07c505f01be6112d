package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import org.junit.jupiter.api.Test;

class PlanPrinterTest {
    private static final Plan PLAN =
            Planner.plan(new ProfileLibrary().load("standalone"), new PinsLibrary().load("26.03"), PlanOptions.none());

    @Test
    void fieldsStandInTheSameOrderInEachJvm() {
        String json = JsonText.of(PlanPrinter.asMap(PLAN));

        assertThat(json)
                .containsSubsequence(
                        "{\"profile\":",
                        "\"release\":",
                        "\"sources\":",
                        "\"components\":",
                        "\"leftOut\":",
                        "\"images\":")
                .containsPattern("\\{\"name\":\"pipelines\",\"tag\":[^,]*,\"commit\":[^,]*,\"url\":")
                .containsPattern(
                        "\\{\"id\":\"mlmd-image\",\"reason\":.*?,\"thread\":[^,]*,\"images\":[^}]*},\"target\":");
    }
}
