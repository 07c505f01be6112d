package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class ProgressLiveTest {
    /** A Ctrl-C while the terminal is opened: up went on as if there had been none. */
    @Test
    void keepsAnInterruptOverTheOpeningOfTheTerminal() {
        PrintStream stream = new PrintStream(new ByteArrayOutputStream());
        Thread.currentThread().interrupt();

        boolean kept;
        try (ProgressLive live = new ProgressLive(new Screen(stream, stream, Map.of()))) {
            kept = Thread.currentThread().isInterrupted();
        } finally {
            Thread.interrupted();
        }

        assertThat(kept).isTrue();
    }

    @Test
    void aLineThatIsTooLongEndsSoThatOneSeesIt() {
        assertThat(ProgressLive.fitted(new AttributedString("is starting"), 11)).hasToString("is starting");
        assertThat(ProgressLive.fitted(new AttributedString("is starting"), 10)).hasToString("is starti…");
    }
}
