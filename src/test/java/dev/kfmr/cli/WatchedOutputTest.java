package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchedOutputTest {
    @Test
    void aFullDiskIsAnError() {
        assertThat(printedTo(failing("No space left on device")).loss())
                .hasValueSatisfying(loss -> assertThat(loss.why()).isEqualTo("No space left on device"));
    }

    @Test
    void aReaderThatHasSeenEnoughIsNone() {
        assertThat(printedTo(failing("Broken pipe")).loss()).isEmpty();
    }

    @Test
    void writesSignsWhateverTheLocale() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        assertThat(printedTo(output).loss()).isEmpty();

        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("✓" + System.lineSeparator());
    }

    private static WatchedOutput printedTo(OutputStream output) {
        WatchedOutput watched = new WatchedOutput(output);
        watched.printer().println("✓");
        return watched;
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
