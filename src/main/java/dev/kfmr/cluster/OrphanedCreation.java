package dev.kfmr.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@code kind create} that outlived a killed kfmr. It would go on to work on containers by their names, also on those
 * of its successor, so it is ended before anything is made or deleted.
 */
final class OrphanedCreation {
    private static final long SECONDS = 10;

    private OrphanedCreation() {}

    /** @param kubeconfig the file that the creation was told to write: no two clusters share one */
    static void end(Path kubeconfig) {
        ProcessHandle.allProcesses()
                .filter(process -> isCreation(process, kubeconfig))
                .toList()
                .forEach(OrphanedCreation::end);
    }

    private static boolean isCreation(ProcessHandle process, Path kubeconfig) {
        List<String> words = process.info().arguments().map(List::of).orElse(List.of());
        return words.contains("create") && words.contains("cluster") && words.contains(kubeconfig.toString());
    }

    private static void end(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.onExit().get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It ends when the kernel lets it: what it works on is deleted next.
        }
    }
}
