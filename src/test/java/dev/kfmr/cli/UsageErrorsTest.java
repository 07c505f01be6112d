package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a command line that kfmr does not understand. */
class UsageErrorsTest {
    @Test
    void proposesTheOptionThatWasMeant() {
        assertThat(refusal("up", "--mdoe", "standalone"))
                .isEqualTo(
                        """
                kfmr up has no option --mdoe. Did you mean --mode?
                Try: kfmr up --help
                """);
        assertThat(refusal("status", "--nane=next"))
                .startsWith("kfmr status has no option --nane=next. Did you mean --name?");
    }

    @Test
    void proposesTheCommandThatWasMeant() {
        assertThat(refusal("stauts")).startsWith("kfmr has no command stauts. Did you mean status?");
        assertThat(refusal("pins", "lst")).startsWith("kfmr pins has no command lst. Did you mean list?");
    }

    @Test
    void namesAnArgumentThatIsTooMuch() {
        assertThat(refusal("status", "pipelines"))
                .isEqualTo(
                        """
                kfmr status takes no argument pipelines here.
                Try: kfmr status --help
                """);
    }

    @Test
    void refusesANameThatWouldLeadToAnotherFolder() {
        assertThat(refusal("down", "--yes", "--name", "..")).contains("'..' cannot be the name of an environment");
        assertThat(refusal("down", "--yes", "--name", "")).contains("'' cannot be the name of an environment");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(CommandLineMain.withHelpAsOption(List.of("help", "up"))).containsExactly("up", "--help");
        assertThat(CommandLineMain.withHelpAsOption(List.of("help"))).containsExactly("--help");
        assertThat(CommandLineMain.withHelpAsOption(List.of("up", "help"))).containsExactly("up", "help");
    }

    /** What such a command line is answered with, beside exit code 2. */
    private static String refusal(String... arguments) {
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(error, true, StandardCharsets.UTF_8),
                Map.of());

        int exitCode = CommandLineMain.commandLine(screen, Map.of(), List.of(arguments))
                .execute(arguments);

        assertThat(exitCode).isEqualTo(2);
        return error.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
