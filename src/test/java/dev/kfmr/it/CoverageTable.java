package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What doctor was seen to find, as the table of {@code docs/doctor-coverage.md}. */
final class CoverageTable {
    private final Kfmr kfmr;
    private final List<String> rows = new ArrayList<>();

    CoverageTable(Kfmr kfmr) {
        this.kfmr = kfmr;
    }

    void row(String staged, JsonNode finding, String mendedBy) {
        rows.add("| " + staged + " | `" + finding.get("id").asText() + "`: "
                + general(finding.get("what").asText()) + " | " + general(mendedBy) + " |");
    }

    static String fixOf(JsonNode finding) {
        List<String> commands = new ArrayList<>();
        finding.get("fixes").forEach(command -> commands.add("`" + command.asText() + "`"));
        assertThat(commands).isNotEmpty();
        return "`--fix`: " + String.join(", ", commands);
    }

    /** Without what differs from run to run. */
    private String general(String text) {
        return text.replace("crashes again and again: ", "crashed: ")
                .replaceAll(", restarted \\d+ times?", "")
                .replaceAll("port \\d+, which .* would", "port PORT, which a UI would")
                .replace(kfmr.kubeconfig().toString(), "KUBECONFIG")
                .replace(kfmr.name(), "NAME");
    }

    String text() {
        return """
                # What doctor was seen to find

                Each fault was staged in a real cluster by `DoctorIT`, which wrote this table: doctor named it, and nothing else, as the
                cause, and the next look after it was mended was clean.

                | staged | doctor says | mended by |
                |---|---|---|
                """
                + String.join("\n", rows) + "\n";
    }
}
