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
        requireEngine();
        List.of("KFMR_NODE_IMAGE", "KFMR_REGISTRY_MIRROR", "KFMR_GIT_MIRROR").forEach(Rig::variable);
    }

    static void requireEngine() {
        if (run(Duration.ofSeconds(20), "docker", "info").isEmpty()) {
            missing("no container engine answers 'docker info'");
        }
    }

    /** The value of a variable that tells where something is. */
    public static String variable(String name) {
        return Optional.ofNullable(System.getenv(name)).orElseGet(() -> missing(name + " is not set"));
    }

    /** The program that stages faults in images. */
    public static String stubs() {
        return variable("KFMR_TEST_RIG");
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

    /** A kind cluster as kfmr would not make it, by hand, whose node pulls through the mirror. */
    public static void createCluster(String name, Path kubeconfig) {
        String image = variable("KFMR_NODE_IMAGE");
        String hosts = "[host.\\\"" + variable("KFMR_REGISTRY_MIRROR")
                + "\\\"]\\n  capabilities = [\\\"pull\\\", \\\"resolve\\\"]\\n";
        deleteCluster(name);
        must(
                "kind",
                "create",
                "cluster",
                "--name",
                name,
                "--image",
                image,
                "--kubeconfig",
                kubeconfig.toString(),
                "--wait",
                "2m");
        must(
                "docker",
                "exec",
                name + "-control-plane",
                "sh",
                "-c",
                "mkdir -p /etc/containerd/certs.d/_default && printf \"" + hosts
                        + "\" > /etc/containerd/certs.d/_default/hosts.toml");
    }

    private static void must(String... command) {
        assertThat(run(Duration.ofMinutes(4), command))
                .as("%s", List.of(command))
                .isPresent();
    }

    /** Deletes a test's kind cluster by hand, if it is there. */
    public static void deleteCluster(String name) {
        run(Duration.ofMinutes(2), "kind", "delete", "cluster", "--name", name);
    }

    /** Skips the test and says why; under CI fails it. */
    public static <T> T missing(String what) {
        if ("true".equals(System.getenv("CI"))) {
            return fail("Under CI nothing may be missing, but " + what);
        }
        return abort(what);
    }
}
