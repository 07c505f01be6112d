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
    void namesTheWordsThatThereAre() {
        assertThat(refusal("status", "-o", "jsn"))
                .startsWith("Invalid value for option '--output': 'jsn' is none of text, json. Did you mean json?");
        assertThat(refusal("up", "--requests", "none"))
                .startsWith("Invalid value for option '--requests': 'none' is none of auto, upstream, lowered.");
        assertThat(refusal("doctor", "--group", "hots")).contains("'hots' is none of host, engine, node,");
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
    void proposesTheOptionOfAModeThatStandsAlone() {
        assertThat(refusal("up", "multi-user"))
                .startsWith("kfmr up takes no argument multi-user here. Did you mean --mode multi-user?");
        assertThat(refusal("status", "multi-user")).doesNotContain("--mode");
    }

    @Test
    void asksWhatIsToBeInstalledOnlyBeforeTheInstallation() {
        assertThat(refusal("doctor", "--pins", "26.03"))
                .startsWith("--pins works only together with --before-install.");
    }

    @Test
    void refusesANameThatWouldLeadToAnotherFolder() {
        assertThat(refusal("down", "--yes", "--name", "..")).contains("'..' cannot be the name of an environment");
        assertThat(refusal("down", "--yes", "--name", "")).contains("'' cannot be the name of an environment");
    }

    @Test
    void wantsAWholeAddress() {
        assertThat(refusal("up", "--registry-mirror", "localhost:5000"))
                .contains("'localhost:5000' is no whole address: write http://");
        assertThat(refusal("up", "--git-mirror", "10.0.0.1:80/x")).contains("'10.0.0.1:80/x' is no whole address");
    }

    @Test
    void wantsAtLeastOneNode() {
        assertThat(refusal("up", "--nodes", "0")).contains("'0' is no whole number from 1 upwards");
    }

    @Test
    void saysWhereAWrongValueComesFromThatNobodyTyped() {
        assertThat(refusal(Map.of("KFMR_TIMEOUT", "3x"), "up"))
                .isEqualTo(
                        """
                Invalid value for option '--timeout': '3x' is no duration: write 30m, 90s or 1h30m
                It comes from KFMR_TIMEOUT.
                Try: kfmr up --help
                """);
        assertThat(refusal(Map.of("KFMR_TIMEOUT", "3m"), "up", "--timeout=3x")).doesNotContain("KFMR_TIMEOUT");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(CommandLineMain.withHelpAsOption(List.of("help", "up"))).containsExactly("up", "--help");
        assertThat(CommandLineMain.withHelpAsOption(List.of("help"))).containsExactly("--help");
        assertThat(CommandLineMain.withHelpAsOption(List.of("up", "help"))).containsExactly("up", "help");
    }

    /** What such a command line is answered with, beside exit code 2. */
    private static String refusal(String... arguments) {
        return refusal(Map.of(), arguments);
    }

    private static String refusal(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(error, true, StandardCharsets.UTF_8),
                Map.of());

        int exitCode = CommandLineMain.commandLine(screen, environment, List.of(arguments))
                .execute(arguments);

        assertThat(exitCode).isEqualTo(2);
        return error.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
