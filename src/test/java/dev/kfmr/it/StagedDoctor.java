package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Doctor, asked for what a test staged in its cluster. */
final class StagedDoctor {
    static final Duration TO_SHOW = Duration.ofSeconds(60);
    /** What this machine and its engine are like is not a test's matter. */
    private static final Set<String> STAGED_GROUPS = Set.of("node", "cluster", "workload", "function");

    /** Without the host: a test changes no machine. */
    private static final List<String> MEND =
            List.of("doctor", "--fix", "--yes", "-o", "json", "--group=node", "--group=cluster", "--group=workload");

    private final Kfmr kfmr;

    StagedDoctor(Kfmr kfmr) {
        this.kfmr = kfmr;
    }

    JsonNode look() {
        return kfmr.run("doctor", "-o", "json").json();
    }

    /** Ids of what is a cause, and more than a note. */
    static List<String> causes(JsonNode diagnosis) {
        return findings(diagnosis).map(finding -> finding.get("id").asText()).toList();
    }

    static Stream<JsonNode> findings(JsonNode diagnosis) {
        List<JsonNode> findings = new ArrayList<>();
        diagnosis.get("findings").forEach(findings::add);
        return findings.stream()
                .filter(finding -> STAGED_GROUPS.contains(finding.get("group").asText()))
                .filter(finding -> !"NOTE".equals(finding.get("severity").asText()));
    }

    /** Waits until the fault shows, alone. @return its finding */
    JsonNode awaitOnly(String id) {
        JsonNode diagnosis = awaitCauses(List.of(id));
        return findings(diagnosis).findFirst().orElseThrow();
    }

    JsonNode awaitCauses(List<String> ids) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        try {
            return Await.until(TO_SHOW, () -> {
                last.set(look());
                return Optional.of(last.get())
                        .filter(diagnosis -> causes(diagnosis).equals(ids));
            });
        } catch (AssertionError e) {
            throw new AssertionError("wanted " + ids + ", got " + last.get(), e);
        }
    }

    /** By {@code --fix}: the look that follows it at once must be clean. */
    void mend() {
        JsonNode after = kfmr.run(MEND.toArray(String[]::new)).succeeded().json();

        assertThat(after.get("fixed").findValuesAsText("error")).isNotEmpty().containsOnly("");
        assertThat(causes(after)).as(after.toString()).isEmpty();
        assertThat(after.get("unread")).isEmpty();
    }
}
