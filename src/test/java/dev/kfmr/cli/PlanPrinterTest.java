package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                        "\"images\":",
                        "\"requests\":{\"pods\":19,\"upstream\":{\"cpu\":\"",
                        "\"lowered\":{\"cpu\":\"")
                .containsPattern("\\{\"name\":\"pipelines\",\"tag\":[^,]*,\"commit\":[^,]*,\"url\":")
                .containsPattern(
                        "\\{\"id\":\"mlmd-image\",\"reason\":.*?,\"thread\":[^,]*,\"images\":[^}]*},\"target\":");
    }

    @ParameterizedTest
    @CsvSource({
        "upstream, A machine that cannot hold that is refused",
        "lowered, They are lowered to LOWERED",
        "auto, 'What the machine cannot hold, CPU or memory, is lowered, to LOWERED'"
    })
    void saysWhatBecomesOfRequests(String policy, String words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        new PlanPrinter(new Screen(out, out, Map.of()))
                .printText(PLAN, RequestPolicy.valueOf(policy.toUpperCase(Locale.ROOT)));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Requests, beside Kubernetes' own 950m CPU and 600Mi memory")
                .contains("19 pods ask for " + amounts(PLAN.requests().upstream()))
                .contains(
                        "  " + words.replace("LOWERED", amounts(PLAN.requests().lowered())) + "  (--requests " + policy
                                + ")");
    }

    private static String amounts(MachineNeeds needs) {
        return needs.cpuMilli() + "m CPU and " + needs.memoryMib() + "Mi memory";
    }
}
