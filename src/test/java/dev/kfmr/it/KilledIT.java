package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment: the next {@code up} goes on from there. */
class KilledIT {
    private static final int KILLS = 10;

    @TempDir
    private Path home;

    @Test
    void goesOnAfterBeingKilledAtTenRandomMoments() throws InterruptedException {
        Rig.require();
        Rig.stage();
        Kfmr kfmr = new Kfmr("kfmr-test-killed", home);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try {
            for (int i = 0; i < KILLS; i++) {
                Kfmr.Running running = kfmr.start("up", "--mode", "standalone");
                // The moments spread over the cluster's creation, fetching, applying and waiting.
                if (!running.process().waitFor(1000 + random.nextInt(14_000), TimeUnit.MILLISECONDS)) {
                    running.kill();
                    running.process().waitFor();
                }
            }

            var answer = kfmr.run(Duration.ofMinutes(6), "up", "--mode", "standalone", "-o", "json");

            assertThat(answer.exitCode())
                    .as("seed %d; output:%n%s%nerror:%n%s", seed, answer.output(), answer.error())
                    .isZero();
            assertThat(kfmr.run("status", "-o", "json")
                            .succeeded()
                            .json()
                            .get("ready")
                            .asBoolean())
                    .isTrue();
        } finally {
            kfmr.cleanUp();
        }
    }
}
