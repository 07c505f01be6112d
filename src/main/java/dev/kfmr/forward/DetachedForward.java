package dev.kfmr.forward;

import dev.kfmr.core.BackgroundProcess;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Forwards in the background: at most one process for each environment. It holds a lock for as long as it lives, and
 * keeps {@code forward.pid} (which process), {@code forward.json} (ports and states) and {@code forward.log} in the
 * environment's state directory. A pid file that a dead process left behind is seen as such: its lock is free, or its
 * pid belongs to a process that started at another time.
 */
public final class DetachedForward {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final int LAST_LOG_LINES = 5;

    private final Path directory;
    private final Path pidFile;
    private final Path statusFile;
    private final Path lockFile;
    private final Path log;

    /** @param directory the environment's state directory */
    public DetachedForward(Path directory) {
        this.directory = directory;
        this.pidFile = directory.resolve("forward.pid");
        this.statusFile = directory.resolve("forward.json");
        this.lockFile = directory.resolve("forward.lock");
        this.log = directory.resolve("forward.log");
    }

    /** A background process, and its forwards as it last wrote them. */
    public record Running(BackgroundProcess process, ForwardReport report, Path log) {}

    /**
     * Starts the background process and waits until its ports are open.
     *
     * @param words a kfmr that calls {@link #hold}, with the same state directory
     * @throws KfmrException exit 3 {@code forward.running} when there is one already, {@code forward.not-started} when
     *     it ended at once or took too long
     */
    public Running start(List<String> words, Duration limit) {
        running().ifPresent(running -> {
            throw alreadyRunning(running.process());
        });
        createDirectory();
        BackgroundProcess process = BackgroundProcess.start(words, log);
        Deadline deadline = Deadline.in(limit);
        Optional<Running> running = running();
        while (running.isEmpty() && process.isRunning() && !deadline.passed()) {
            deadline.sleep(LOOK_EVERY, "starting the forwards");
            running = running();
        }
        return running.orElseThrow(() -> {
            process.end(END_LIMIT);
            return notStarted();
        });
    }

    /** The background process of this environment, if one lives and has opened its ports. */
    public Optional<Running> running() {
        Optional<BackgroundProcess> process = process();
        Optional<ForwardReport> report = process.isPresent() ? report() : Optional.empty();
        return report.isPresent() ? Optional.of(new Running(process.get(), report.get(), log)) : Optional.empty();
    }

    /** Ends it, and waits for its end. Returns whether there was one. */
    public boolean stop() {
        Optional<BackgroundProcess> process = process();
        process.ifPresent(running -> running.end(END_LIMIT));
        deleteFiles();
        return process.isPresent();
    }

    /**
     * For the background process itself: makes it the one of this environment.
     *
     * @throws KfmrException exit 3 {@code forward.running} when another one is
     */
    public DetachedHold hold() {
        createDirectory();
        process().ifPresent(process -> {
            throw alreadyRunning(process);
        });
        FileChannel channel = openLock();
        Optional<FileLock> lock = lock(channel);
        if (lock.isEmpty()) {
            close(channel);
            throw alreadyRunning(recorded().orElse(new BackgroundProcess(0, Instant.EPOCH)));
        }
        BackgroundProcess self = BackgroundProcess.current();
        WholeFile.write(pidFile, self.pid() + " " + self.started().toEpochMilli() + "\n");
        return new DetachedHold(this, channel);
    }

    /** False once the environment's directory, or this process's own entry in it, is gone: it was taken down. */
    boolean isOurs() {
        return recorded().filter(BackgroundProcess.current()::equals).isPresent();
    }

    void write(ForwardReport report) {
        if (isOurs()) {
            WholeFile.write(statusFile, StatusJson.write(report));
        }
    }

    void release(FileChannel channel) {
        if (isOurs()) {
            deleteFiles();
        }
        close(channel);
    }

    private Optional<BackgroundProcess> process() {
        Optional<BackgroundProcess> recorded = recorded();
        if (recorded.isEmpty() || !recorded.get().isRunning()) {
            return Optional.empty();
        }
        // Its holder does not even look at the lock: POSIX drops a process's lock when it closes any of its channels on
        // the file.
        boolean isThis = recorded.get().equals(BackgroundProcess.current());
        return isThis || isLocked() ? recorded : Optional.empty();
    }

    private Optional<BackgroundProcess> recorded() {
        try {
            String[] words = Files.readString(pidFile).strip().split(" ", -1);
            return Optional.of(
                    new BackgroundProcess(Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1]))));
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private Optional<ForwardReport> report() {
        try {
            return StatusJson.read(Files.readString(statusFile));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isLocked() {
        if (!Files.exists(lockFile)) {
            return false;
        }
        FileChannel channel = openLock();
        try {
            return lock(channel).isEmpty();
        } finally {
            close(channel);
        }
    }

    private FileChannel openLock() {
        try {
            return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw WholeFile.unwritable(lockFile, e);
        }
    }

    private Optional<FileLock> lock(FileChannel channel) {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // This very process holds it.
            return Optional.empty();
        } catch (IOException e) {
            throw WholeFile.unwritable(lockFile, e);
        }
    }

    private void deleteFiles() {
        try {
            Files.deleteIfExists(pidFile);
            Files.deleteIfExists(statusFile);
        } catch (IOException e) {
            throw WholeFile.unwritable(pidFile, e);
        }
    }

    private void createDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw WholeFile.unwritable(directory, e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KfmrException alreadyRunning(BackgroundProcess process) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "forward.running",
                "The forwards of this environment run in the background already.",
                "Process " + process.pid() + " holds them.",
                "See them with: kfmr forward --list. End them with: kfmr forward --stop");
    }

    private KfmrException notStarted() {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "forward.not-started",
                "The forwards did not start in the background.",
                lastLogLines(),
                "Run kfmr forward without --detach to see more. The log is " + log + ".");
    }

    private String lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "It left no log.";
        }
    }
}
