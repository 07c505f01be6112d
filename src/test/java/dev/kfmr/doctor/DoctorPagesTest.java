package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/doctor.md} says what the catalogue says; {@code -Dgolden.refresh=1} writes it anew. */
class DoctorPagesTest {
    private static final Path PAGE = Path.of("docs/doctor.md");

    @Test
    void thePageSaysWhatTheCatalogueSays() throws IOException {
        StringBuilder page = new StringBuilder(
                """
                # What doctor looks at

                Written from the catalogue, `src/main/resources/dev/kfmr/check/checks.yaml`; a test holds that it is up to date.
                `kfmr doctor` looks at everything, `kfmr doctor ID` at one thing, `kfmr doctor --group GROUP` at a layer,
                `kfmr doctor --explain ID` shows a section of this page. Names in capitals are filled in when something is found.
                """);
        for (CheckGroup group : CheckGroup.values()) {
            page.append("\n## ")
                    .append(group.title())
                    .append(" (`")
                    .append(group.id())
                    .append("`)\n");
            CheckCatalogue.shipped().all().stream()
                    .filter(check -> check.group() == group)
                    .forEach(check -> page.append(section(check)));
        }
        if (System.getProperty("golden.refresh") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(page).hasToString(Files.readString(PAGE));
    }

    private static String section(Check check) {
        String fix = check.isFixable() ? "\n`kfmr doctor --fix` " + check.fix() + ".\n" : "";
        String causes = check.followsFrom().isEmpty()
                ? ""
                : "\nOnly a note beside "
                        + check.followsFrom().stream().map(id -> "`" + id + "`").collect(Collectors.joining(", "))
                        + ", from which it follows.\n";
        String thread = check.thread().isEmpty() ? "" : "\nUsers met it: <" + check.thread() + ">\n";
        return "\n### `" + check.id() + "`: " + check.title() + "\n\n*"
                + check.severity().name().toLowerCase(Locale.ROOT) + "*. " + check.generalWhy() + "\n\n"
                + (check.generalRemedy().isEmpty() ? "" : fenced(check.generalRemedy()))
                + fix + causes + thread;
    }

    private static String fenced(String text) {
        return "```text\n" + text + "\n```\n";
    }
}
