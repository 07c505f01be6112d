package dev.kfmr.cluster;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.YamlDocuments;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A kubeconfig file that others write, too: changed under the lock that kubectl and kind take. */
final class KubeconfigFile {
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(5);
    private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

    private final Path file;
    private final Duration lockLimit;

    KubeconfigFile(Path file) {
        this(file, LOCK_LIMIT);
    }

    KubeconfigFile(Path file, Duration lockLimit) {
        this.file = file;
        this.lockLimit = lockLimit;
    }

    /** Empty when there is no file, or nothing in it. @throws KfmrException exit 3, {@code kubeconfig.broken} */
    Kubeconfig read() {
        if (!Files.exists(file)) {
            return Kubeconfig.empty();
        }
        try {
            List<Map<String, Object>> documents = YamlDocuments.parse(Files.readString(file), file.toString());
            return documents.isEmpty() ? Kubeconfig.empty() : new Kubeconfig(documents.get(0));
        } catch (IOException | RuntimeException e) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "kubeconfig.broken",
                    "Cannot read the kubeconfig " + file + ".",
                    String.valueOf(e.getMessage()),
                    "Mend or move that file: kfmr leaves it as it is. Its own copy of the credentials works without it.",
                    e);
        }
    }

    /** Writes only when something changes; the file's mode stays, and a new file gets 0600. */
    void change(UnaryOperator<Kubeconfig> change) {
        Path lock = lock();
        try {
            Kubeconfig before = read();
            Kubeconfig after = change.apply(before);
            if (!after.equals(before)) {
                write(YamlDocuments.write(after.content()));
            }
        } finally {
            unlock(lock);
        }
    }

    private void write(String text) {
        try {
            // A link, as to a file in a repository of settings, stays one.
            Path real = Files.exists(file) ? file.toRealPath() : file;
            boolean existed = Files.exists(real);
            boolean posix = Files.getFileStore(real.getRoot()).supportsFileAttributeView("posix");
            Set<PosixFilePermission> mode = existed && posix ? Files.getPosixFilePermissions(real) : Set.of();
            WholeFile.writePrivate(real, text);
            if (existed && posix) {
                Files.setPosixFilePermissions(real, mode);
            }
        } catch (IOException e) {
            throw WholeFile.unwritable(file, e);
        }
    }

    private Path lock() {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        Deadline deadline = Deadline.in(lockLimit);
        while (true) {
            try {
                Files.createDirectories(lock.toAbsolutePath().getParent());
                return Files.createFile(lock);
            } catch (FileAlreadyExistsException e) {
                if (deadline.passed()) {
                    throw locked(lock);
                }
                deadline.sleep(LOCK_PAUSE, "waiting for the kubeconfig");
            } catch (IOException e) {
                throw WholeFile.unwritable(lock, e);
            }
        }
    }

    private KfmrException locked(Path lock) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "kubeconfig.locked",
                "Cannot change the kubeconfig " + file + ".",
                "Another program holds its lock, " + lock + ", or was killed while it did.",
                "If no kubectl or kind runs: rm " + lock);
    }

    private static void unlock(Path lock) {
        try {
            Files.deleteIfExists(lock);
        } catch (IOException e) {
            throw WholeFile.unwritable(lock, e);
        }
    }
}
