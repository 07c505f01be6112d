package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Command;
import dev.kfmr.core.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanedCreationTest {
    @Test
    void endsTheCreationThatWritesThisKubeconfigAndNoOther(@TempDir Path folder) {
        CompletableFuture<Command.Result> ours = creation(folder.resolve("ours"));
        CompletableFuture<Command.Result> other = creation(folder.resolve("other"));
        Deadline deadline = Deadline.in(Duration.ofSeconds(10));

        while (!ours.isDone() && !deadline.passed()) {
            OrphanedCreation.end(folder.resolve("ours"));
        }

        assertThat(ours.join().succeeded()).isFalse();
        assertThat(other).isNotDone();
        while (!other.isDone() && !deadline.passed()) {
            OrphanedCreation.end(folder.resolve("other"));
        }
    }

    /** Stands in for kind: a process with the words of its command line, which waits. */
    private static CompletableFuture<Command.Result> creation(Path kubeconfig) {
        return CompletableFuture.supplyAsync(() -> Command.of(
                        "sh",
                        "-c",
                        "sleep 30; exit 1",
                        "kind",
                        "create",
                        "cluster",
                        "--kubeconfig",
                        kubeconfig.toString())
                .run());
    }
}
