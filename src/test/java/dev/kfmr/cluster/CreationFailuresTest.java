package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Command;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreationFailuresTest {
    private static final ClusterSpec SPEC = ClusterSpec.of("kfmr", "kindest/node:v1.34.3");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bind for 127.0.0.1:6443 failed: port is already allocated | ENVIRONMENT | is taken",
                "write /var/lib/docker/x: no space left on device | ENVIRONMENT | is full",
                "Couldn't find an alternative telinit implementation to spawn | ENVIRONMENT | init process",
                "could not find a log line that matches \"Reached target .*Multi-User System.*\" | ENVIRONMENT | systemd",
                "failed to create fsnotify watcher: too many open files | ENVIRONMENT | inotify",
                "toomanyrequests: You have reached your pull rate limit | UPSTREAM | limits",
                "manifest for kindest/node:v9 not found: manifest unknown | UPSTREAM | no such image",
                "Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host | UPSTREAM"
                        + " | cannot be reached",
                "running kind with rootless provider requires cgroup v2 | ENVIRONMENT | rootless",
                "could not find an available, non-overlapping IPv4 address pool | ENVIRONMENT | address range",
                "failed to init node with kubeadm: command \"docker exec\" failed | ENVIRONMENT | Kubernetes did not",
                "Cannot connect to the Docker daemon at unix:///var/run/docker.sock | ENVIRONMENT | went away",
                "unable to decode config: field nodez not found | USAGE | does not accept",
            })
    void knowsTheLikelyCause(String words, ExitCode exitCode, String why) {
        KfmrException e = failure("ERROR: failed to create cluster: " + words, false);

        assertThat(e.exitCode()).isEqualTo(exitCode);
        assertThat(e.why())
                .startsWith("kind: ERROR: failed to create cluster: ")
                .contains(why);
        assertThat(e.remedy()).endsWith("What was made of it is deleted again.");
    }

    @Test
    void tellsKindsLastWordsWhateverTheyAre() {
        KfmrException e = failure(
                """
                Creating cluster "kfmr" ...
                 • Preparing nodes 📦   ...
                 ✗ Preparing nodes 📦
                ERROR: failed to create cluster: something new
                Command Output: the details
                Stack Trace:
                sigs.k8s.io/kind/pkg/errors.WithStack
                """,
                false);

        assertThat(e.code()).isEqualTo("cluster.create-failed");
        assertThat(e.what()).isEqualTo("Cannot create the cluster kfmr.");
        assertThat(e.why())
                .isEqualTo("kind: ERROR: failed to create cluster: something new\nCommand Output: the details");
        assertThat(e.remedy()).isEqualTo("Run the same command again.\nWhat was made of it is deleted again.");
    }

    @Test
    void saysThatACreationIsKept() {
        assertThat(failure("ERROR: x", true).remedy()).contains("It is kept as it is (--retain)");
    }

    @Test
    void saysThatTheTimeWasUp() {
        KfmrException e =
                new CreationFailures().ofCreation(SPEC, new Command.Result(Command.Result.TIMED_OUT, "", ""), false);

        assertThat(e.why()).isEqualTo("kind: it did not end in time");
    }

    private static KfmrException failure(String stderr, boolean kept) {
        return new CreationFailures().ofCreation(SPEC, new Command.Result(1, "", stderr), kept);
    }
}
