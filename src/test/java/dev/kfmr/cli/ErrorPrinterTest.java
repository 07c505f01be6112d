package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorPrinterTest {
    private static final KfmrException FAILURE = new KfmrException(
            ExitCode.UPSTREAM,
            "image.missing",
            "An image is missing.",
            "first reason\nsecond reason",
            "Choose another.");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final ErrorPrinter printer = new ErrorPrinter(
            new Screen(
                    new PrintStream(output, true, StandardCharsets.UTF_8),
                    new PrintStream(error, true, StandardCharsets.UTF_8),
                    Map.of("NO_COLOR", "1")),
            NamedCommands.of("kfmr"));

    @Test
    void saysWhatWhyAndWhatToDo() {
        ExitCode code = printer.print(FAILURE, false, false);

        assertThat(code).isEqualTo(ExitCode.UPSTREAM);
        assertThat(error.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """

                        An image is missing.  [image.missing]
                          first reason
                          second reason
                          Choose another.
                        """);
        assertThat(output.size()).isZero();
    }

    @Test
    void showsTheStackTraceWhenAsked() {
        printer.print(FAILURE, false, true);

        assertThat(error.toString(StandardCharsets.UTF_8)).contains("\tat ");
    }

    @Test
    void takesWhateverFailsAfterACtrlCForTheCtrlC() {
        Thread.currentThread().interrupt();
        try {
            assertThat(printer.print(new IllegalStateException("oops"), false, false))
                    .isEqualTo(ExitCode.INTERRUPTED);
            assertThat(printer.print(FAILURE, false, false)).isEqualTo(ExitCode.INTERRUPTED);
        } finally {
            Thread.interrupted();
        }

        assertThat(error.toString(StandardCharsets.UTF_8))
                .contains("[interrupted]")
                .doesNotContain("\tat ");
    }

    @Test
    void showsTheStackTraceOfABugUnasked() {
        assertThat(printer.print(new IllegalStateException("oops"), false, false))
                .isEqualTo(ExitCode.BUG);

        assertThat(error.toString(StandardCharsets.UTF_8)).contains("This is a bug", "oops", "\tat ");
    }

    @Test
    void tellsProgramsOneJsonLine() {
        printer.print(FAILURE, true, false);

        assertThat(output.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"event\":\"error\",\"code\":\"image.missing\",\"exitCode\":4,\"what\":\"An image is missing.\","
                                + "\"why\":\"first reason\\nsecond reason\",\"remedy\":\"Choose another.\"}\n");
    }
}
