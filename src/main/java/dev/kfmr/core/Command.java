package dev.kfmr.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of another program, with a time limit. The only place that starts processes. Immutable: each {@code with}
 * gives a new one.
 */
public final class Command {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    private final List<String> words;
    private final Map<String, String> environment;
    private final Optional<Path> directory;
    private final String input;
    private final Duration limit;
    private final Consumer<String> onOutputLine;
    private final Consumer<String> onErrorLine;

    private Command(
            List<String> words,
            Map<String, String> environment,
            Optional<Path> directory,
            String input,
            Duration limit,
            Consumer<String> onOutputLine,
            Consumer<String> onErrorLine) {
        this.words = List.copyOf(words);
        this.environment = Map.copyOf(environment);
        this.directory = directory;
        this.input = input;
        this.limit = limit;
        this.onOutputLine = onOutputLine;
        this.onErrorLine = onErrorLine;
    }

    public static Command of(List<String> words) {
        return new Command(words, Map.of(), Optional.empty(), "", DEFAULT_LIMIT, line -> {}, line -> {});
    }

    public static Command of(String... words) {
        return of(List.of(words));
    }

    public Command with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, environment, directory, input, limit, onOutputLine, onErrorLine);
    }

    public Command withEnvironment(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Command(words, all, directory, input, limit, onOutputLine, onErrorLine);
    }

    public Command in(Path newDirectory) {
        return new Command(words, environment, Optional.of(newDirectory), input, limit, onOutputLine, onErrorLine);
    }

    public Command withInput(String newInput) {
        return new Command(words, environment, directory, newInput, limit, onOutputLine, onErrorLine);
    }

    public Command withLimit(Duration newLimit) {
        return new Command(words, environment, directory, input, newLimit, onOutputLine, onErrorLine);
    }

    /** Each line of the standard output as it comes, from another thread. */
    public Command onOutputLine(Consumer<String> listener) {
        return new Command(words, environment, directory, input, limit, listener, onErrorLine);
    }

    /** Each line of the standard error as it comes, from another thread. */
    public Command onErrorLine(Consumer<String> listener) {
        return new Command(words, environment, directory, input, limit, onOutputLine, listener);
    }

    /** What a program answered. An exit code of -1 means that it never started, -2 that its time was up. */
    public record Result(int exitCode, String output, String error) {
        public static final int NOT_STARTED = -1;
        public static final int TIMED_OUT = -2;
        private static final int BY_CTRL_C = 130;

        public boolean succeeded() {
            return exitCode == 0;
        }

        public boolean started() {
            return exitCode != NOT_STARTED;
        }

        public boolean timedOut() {
            return exitCode == TIMED_OUT;
        }

        /** The last line of the standard error that says something, or of the output. */
        public String lastWords() {
            return lastLine(error).or(() -> lastLine(output)).orElse("exit code " + exitCode);
        }

        private static Optional<String> lastLine(String text) {
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((first, second) -> second);
        }
    }

    /**
     * Runs it to its end. The process and its children are ended when the time is up or the thread is interrupted.
     *
     * @throws KfmrException exit 130 when interrupted
     */
    public Result run() {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        directory.ifPresent(path -> builder.directory(path.toFile()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Result(Result.NOT_STARTED, "", String.valueOf(e.getMessage()));
        }
        Drain output = new Drain(process.getInputStream(), onOutputLine);
        Drain error = new Drain(process.getErrorStream(), onErrorLine);
        try {
            feed(process);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
            }
            int exit = ended ? process.exitValue() : Result.TIMED_OUT;
            if (exit == Result.BY_CTRL_C) {
                // It reaches the program as well, and may end it before this thread hears of it.
                TimeUnit.MILLISECONDS.sleep(300);
            }
            return new Result(exit, output.text(), error.text());
        } catch (InterruptedException e) {
            end(process);
            throw KfmrException.interrupted("running " + words.get(0));
        }
    }

    private void feed(Process process) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading its input: its exit code and its own words tell more than this.
        }
    }

    private static void end(Process process) throws UncheckedIOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    public String text() {
        return String.join(" ", words);
    }

    @Override
    public String toString() {
        return text();
    }

    /** Reads one stream to its end beside the process, so that no full pipe stops it. */
    private static final class Drain {
        private static final Duration LAST_BYTES = Duration.ofSeconds(2);

        private final StringBuilder text = new StringBuilder();
        private final Thread thread;

        Drain(InputStream stream, Consumer<String> onLine) {
            thread = new Thread(() -> read(stream, onLine), "kfmr-drain");
            thread.setDaemon(true);
            thread.start();
        }

        private void read(InputStream stream, Consumer<String> onLine) {
            try (var reader =
                    new java.io.BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (text) {
                        text.append(line).append('\n');
                    }
                    onLine.accept(line);
                }
            } catch (IOException e) {
                // The process was ended: what was read so far is what there is.
            }
        }

        String text() throws InterruptedException {
            thread.join(LAST_BYTES.toMillis());
            synchronized (text) {
                return text.toString();
            }
        }
    }
}
