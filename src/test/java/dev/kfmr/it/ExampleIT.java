package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The example's own check, with the real kfp compiler and the real client of the registry. */
class ExampleIT {
    private static final Path CHECK = Path.of("examples/register_model/check");
    /** What the check ends with where there is no Python to run it. */
    private static final int SKIPPED = 77;

    @Test
    void compilesToTheFileThatIsShippedAndRegistersAModel() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(CHECK.toString()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        if (process.exitValue() == SKIPPED) {
            Rig.missing(output.strip());
        }
        assertThat(process.exitValue()).as(output).isZero();
    }
}
