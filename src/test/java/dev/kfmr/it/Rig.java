package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What integration tests need around them. Where it is missing they skip and say why; under CI they fail. */
public final class Rig {
    private Rig() {}

    /** A container engine that answers, and where images and sources come from. */
    public static void require() {
        if (run(Duration.ofSeconds(20), "docker", "info").isEmpty()) {
            missing("no container engine answers 'docker info'");
        }
        for (String variable : List.of("KFMR_NODE_IMAGE", "KFMR_REGISTRY_MIRROR", "KFMR_GIT_MIRROR")) {
            if (System.getenv(variable) == null) {
                missing(variable + " is not set");
            }
        }
    }

    /** The program that stages faults in images. */
    public static String stubs() {
        return Optional.ofNullable(System.getenv("KFMR_TEST_RIG"))
                .orElseGet(() -> missing("KFMR_TEST_RIG does not name the rig's program: faults cannot be staged"));
    }

    /** The folder of upstream's packs, with {@code serve.py}. */
    public static Path upstream() {
        return Path.of(Optional.ofNullable(System.getenv("KFMR_TEST_UPSTREAM"))
                .orElseGet(() -> missing("KFMR_TEST_UPSTREAM does not name upstream's packs")));
    }

    /** Pushes the stand-in images again, with these faults; with none, the faults are gone. */
    public static void stage(String... faults) {
        List<String> command = new ArrayList<>(List.of(stubs(), "stubs"));
        command.addAll(List.of(faults));
        assertThat(run(Duration.ofMinutes(5), command.toArray(String[]::new)))
                .as("rig %s", command)
                .isPresent();
    }

    /** The output of a program that ended well. */
    public static Optional<String> run(Duration limit, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(output)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String missing(String what) {
        if ("true".equals(System.getenv("CI"))) {
            return fail("Under CI nothing may be missing, but " + what);
        }
        return abort(what);
    }
}
