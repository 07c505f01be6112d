package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** What {@code --help} says is held by golden files; {@code -Dgolden.refresh=1} writes them anew. */
class HelpTest {
    private static final Path FOLDER = Path.of("src/test/resources/help");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @ParameterizedTest
    @MethodSource("visibleCommands")
    void saysWhatTheGoldenFileSays(List<String> words) throws IOException {
        List<String> arguments = new ArrayList<>(words);
        arguments.add("--help");

        int exitCode = commandLine(output, words).execute(arguments.toArray(String[]::new));

        String help = output.toString(StandardCharsets.UTF_8);
        Path golden = FOLDER.resolve(words.isEmpty() ? "kfmr.txt" : "kfmr-" + String.join("-", words) + ".txt");
        if (System.getProperty("golden.refresh") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, help);
        }
        assertThat(exitCode).isZero();
        assertThat(help).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("visibleCommands")
    void describesEveryOptionAndCommand(List<String> words) {
        CommandLine command = commandLine(output, words);
        for (String word : words) {
            command = Objects.requireNonNull(command.getSubcommands().get(word));
        }
        var spec = command.getCommandSpec();

        assertThat(spec.usageMessage().description()).isNotEmpty();
        assertThat(spec.args()).allSatisfy(arg -> assertThat(arg.description()).isNotEmpty());
    }

    @Test
    void looksAtNoClusterWhereHelpIsAsked() {
        assertThat(CommandLineMain.lookAtACluster(List.of("status", "-o", "json")))
                .isTrue();
        assertThat(CommandLineMain.lookAtACluster(List.of("status", "--help"))).isFalse();
        assertThat(CommandLineMain.lookAtACluster(List.of("plan"))).isFalse();
        assertThat(CommandLineMain.lookAtACluster(List.of())).isFalse();
    }

    @Test
    void keepsNoGoldenFileOfACommandThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files).hasSameSizeAs(visibleCommands());
        }
    }

    static List<List<String>> visibleCommands() {
        List<List<String>> all = new ArrayList<>();
        collect(commandLine(new ByteArrayOutputStream(), List.of()), List.of(), all);
        return all;
    }

    private static void collect(CommandLine command, List<String> words, List<List<String>> all) {
        all.add(words);
        command.getSubcommands().forEach((name, inner) -> {
            if (!inner.getCommandSpec().usageMessage().hidden()) {
                collect(inner, Stream.concat(words.stream(), Stream.of(name)).toList(), all);
            }
        });
    }

    private static CommandLine commandLine(ByteArrayOutputStream output, List<String> words) {
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        return CommandLineMain.commandLine(new Screen(stream, stream, Map.of("NO_COLOR", "1")), Map.of(), words)
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(100);
    }
}
