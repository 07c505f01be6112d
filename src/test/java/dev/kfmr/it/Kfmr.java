package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The launcher, run as a user runs it, with a state of its own and the machine's caches. */
public final class Kfmr {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAUNCHER = System.getProperty("kfmr.launcher", "./kfmr");

    private final String name;
    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();

    public Kfmr(String name, Path home) {
        this.name = name;
        this.home = home;
        environment.put("KFMR_NAME", name);
        environment.put("XDG_STATE_HOME", home.resolve("state").toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        environment.put("KUBECONFIG", home.resolve("kubeconfig").toString());
        // A run that was killed on this machine may have left one, and its images with it.
        Rig.deleteCluster(name);
    }

    public Kfmr with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public String name() {
        return name;
    }

    public Path stateFolder() {
        return home.resolve("state/kfmr").resolve(name);
    }

    public Path kubeconfig() {
        return home.resolve("kubeconfig");
    }

    /** What one run answered. */
    public record Answer(int exitCode, String output, String error, Duration took) {
        public Answer succeeded() {
            assertThat(exitCode)
                    .as("exit code; output:%n%s%nerror:%n%s", output, error)
                    .isZero();
            return this;
        }

        public Answer failedWith(int code) {
            assertThat(exitCode)
                    .as("exit code; output:%n%s%nerror:%n%s", output, error)
                    .isEqualTo(code);
            return this;
        }

        /** The last line of the output, which is the result of a command with {@code -o json}. */
        public JsonNode result() {
            List<String> lines = output.lines().toList();
            try {
                return JSON.readTree(lines.get(lines.size() - 1));
            } catch (IOException e) {
                throw new UncheckedIOException(output, e);
            }
        }

        /** The whole output as one JSON value. */
        public JsonNode json() {
            try {
                return JSON.readTree(output);
            } catch (IOException e) {
                throw new UncheckedIOException(output, e);
            }
        }
    }

    public Answer run(String... arguments) {
        return run(Duration.ofMinutes(10), arguments);
    }

    public Answer run(Duration limit, String... arguments) {
        Running running = start(arguments);
        return running.await(limit);
    }

    public Running start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** A command of another program that runs the launcher, with the same variables. */
    public Answer runAround(String... command) {
        return start(List.of(command)).await(Duration.ofMinutes(10));
    }

    /** A run in a terminal of its own, where nobody is. */
    public Answer inATerminal(String... arguments) {
        return start(terminal(arguments)).await(Duration.ofMinutes(10));
    }

    /** A run in a terminal of its own, where a person answers a question that kfmr must ask. */
    public Answer answering(String question, String answer, String... arguments) {
        Running running = begin(terminal(arguments));
        try (OutputStream keyboard = running.process().getOutputStream()) {
            Await.until(Duration.ofMinutes(10), () -> Optional.of(running.outputSoFar())
                    .filter(shown ->
                            shown.contains(question) || !running.process().isAlive()));
            assertThat(running.outputSoFar()).contains(question);
            keyboard.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
            return running.await(Duration.ofMinutes(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            running.kill();
        }
    }

    private static List<String> terminal(String... arguments) {
        if (Rig.run(Duration.ofSeconds(5), "script", "--version").isEmpty()) {
            Rig.missing("no program script, of util-linux, which gives a run a terminal");
        }
        String command = "TERM=xterm " + LAUNCHER + " " + String.join(" ", arguments);
        return List.of("script", "-qfec", command, "/dev/null");
    }

    /** The name of an image that the node has. @param part of it, such as {@code /pause:} */
    public String imageOfTheNode(String part) {
        String images = kubectl("get", "nodes", "-o", "jsonpath={.items[*].status.images[*].names[*]}");
        return Stream.of(images.split(" "))
                .filter(image -> image.contains(part) && !image.contains("@"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The node has no image " + part));
    }

    private Running start(List<String> command) {
        Running running = begin(command);
        try {
            running.process().getOutputStream().close();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With standard input open. */
    private Running begin(List<String> command) {
        try {
            Path output = Files.createTempFile(Files.createDirectories(home), "out", ".txt");
            Path error = Files.createTempFile(home, "err", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
            builder.environment().putAll(environment);
            return new Running(builder.start(), output, error, System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run that goes on. */
    public record Running(Process process, Path output, Path error, long startedNanos) {
        public Answer await(Duration limit) {
            try {
                if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                    kill();
                    throw new AssertionError("still running after " + limit + ":\n" + text(error));
                }
                Duration took = Duration.ofNanos(System.nanoTime() - startedNanos);
                return new Answer(process.exitValue(), text(output), text(error), took);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        public String errorSoFar() {
            return text(error);
        }

        public String outputSoFar() {
            return text(output);
        }

        /** Of a {@code forward -o json}: where the forward of this name was first ready. */
        public Optional<String> url(String name) {
            return outputSoFar()
                    .lines()
                    .filter(line -> line.contains("\"ready\"") && line.contains("\"" + name + "\""))
                    .map(line -> line.replaceAll(".*\"url\":\"([^\"]*)\".*", "$1"))
                    .findFirst();
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** kubectl on this environment's cluster; the answer of one that ended well. */
    public String kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "kubectl", "--kubeconfig", stateFolder().resolve("kubeconfig").toString()));
        command.addAll(List.of(arguments));
        return Rig.run(Duration.ofMinutes(2), command.toArray(String[]::new))
                .orElseThrow(() -> new AssertionError("failed: " + command));
    }

    /** Deletes what a test may have left. */
    public void cleanUp() {
        run(Duration.ofMinutes(3), "down", "--yes");
        Rig.deleteCluster(name);
    }
}
