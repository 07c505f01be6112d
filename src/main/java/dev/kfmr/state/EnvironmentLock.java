package dev.kfmr.state;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Held while a command changes an environment, so that two never do at once. The operating system gives it back when
 * the process dies, however it dies.
 */
public final class EnvironmentLock implements AutoCloseable {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final FileChannel channel;
    private final FileLock lock;

    private EnvironmentLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Waits for the lock of the environment in {@code folder}.
     *
     * @param onWait told once who holds it, when it is not free
     * @throws KfmrException exit 3 when it is not free before the deadline
     */
    public static EnvironmentLock take(Path folder, Deadline deadline, Consumer<String> onWait) {
        Path file = folder.resolve("lock");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean told = false;
            while (true) {
                FileLock lock = tryLock(channel);
                if (lock != null) {
                    sign(channel);
                    return new EnvironmentLock(channel, lock);
                }
                String holder = holder(channel);
                if (deadline.passed()) {
                    channel.close();
                    throw held(file, holder);
                }
                if (!told) {
                    onWait.accept("waiting for " + holder + ", which works on this environment");
                    told = true;
                }
                deadline.sleep(BETWEEN_TRIES, "waiting for the environment's lock");
            }
        } catch (IOException e) {
            throw WholeFile.unwritable(file, e);
        }
    }

    /** Who changes the environment in {@code folder} just now; empty when nobody does. Waits for nothing. */
    public static Optional<String> heldBy(Path folder) {
        Path file = folder.resolve("lock");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            return lock == null ? Optional.of(holder(channel)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    // The byte that is locked lies behind the holder's name, so that others can read the name on systems whose locks
    // are
    // mandatory.
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer name = ByteBuffer.allocate(64);
        int length = channel.read(name, 0);
        return length <= 0 ? "another kfmr" : "kfmr, " + new String(name.array(), 0, length, StandardCharsets.UTF_8);
    }

    private static KfmrException held(Path file, String holder) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "environment.locked",
                "This environment is being changed by another kfmr.",
                holder + " holds " + file + ".",
                "Wait for it to end, or end it; then run the same command again.");
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
    }
}
