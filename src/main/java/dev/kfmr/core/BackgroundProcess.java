package dev.kfmr.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process that outlives the one that started it. Known by its pid <em>and</em> its start time: a pid alone may belong
 * to another program by now.
 */
public record BackgroundProcess(long pid, Instant started) {
    /** The kernel's start time is given in ticks since a boot time that clock adjustments move a little. */
    private static final Duration SAME_START = Duration.ofSeconds(5);

    private static final Path NOTHING = Path.of("/dev/null");

    /**
     * Starts a program in a session of its own, so that neither Ctrl-C nor a closed terminal ends it.
     *
     * @param log its output and errors are added to this file
     * @throws KfmrException exit 3 when it cannot be started
     */
    public static BackgroundProcess start(List<String> words, Path log) {
        List<String> detached = new ArrayList<>(detacher());
        detached.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (Files.exists(NOTHING)) {
            builder.redirectInput(NOTHING.toFile());
        }
        try {
            return of(builder.start().toHandle());
        } catch (IOException e) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "process.not-started",
                    "Cannot start " + words.get(0) + " in the background.",
                    String.valueOf(e.getMessage()),
                    "Run the same command without --detach.",
                    e);
        }
    }

    /** The command line of another JVM like this one: same Java, same class path. */
    public static List<String> sameJava(List<String> flags, String mainClass, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        words.addAll(arguments);
        return words;
    }

    /** The process that asks. */
    public static BackgroundProcess current() {
        return of(ProcessHandle.current());
    }

    private static BackgroundProcess of(ProcessHandle handle) {
        return new BackgroundProcess(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Whether this very process still runs, and not another one that was given its pid. */
    public boolean isRunning() {
        return handle().isPresent();
    }

    /** Asks it to end, and ends it when it did not within the limit. Returns whether it ran. */
    public boolean end(Duration limit) {
        Optional<ProcessHandle> handle = handle();
        handle.ifPresent(running -> {
            running.destroy();
            if (!endedWithin(running, limit)) {
                running.destroyForcibly();
                endedWithin(running, limit);
            }
        });
        return handle.isPresent();
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
    }

    private boolean startedThen(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(SAME_START) < 0)
                .orElse(true);
    }

    private static boolean endedWithin(ProcessHandle handle, Duration limit) {
        try {
            handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            throw KfmrException.interrupted("waiting for process " + handle.pid() + " to end");
        }
    }

    /** setsid (Linux) gives a session of its own; nohup (everywhere else) at least ignores the terminal's end. */
    private static List<String> detacher() {
        Programs programs = Programs.of(System.getenv());
        return Stream.of("setsid", "nohup")
                .filter(program -> programs.find(program).isPresent())
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }
}
