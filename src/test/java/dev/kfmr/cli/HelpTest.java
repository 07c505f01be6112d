package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a person reads. {@code -Dgolden.refresh=1} writes the golden files anew. */
class HelpTest {
    private final CommandLine line = CommandLineMain.commandLine(
            new Screen(
                    new PrintStream(new ByteArrayOutputStream()),
                    new PrintStream(new ByteArrayOutputStream()),
                    Map.of("NO_COLOR", "1")),
            Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"", "up", "forward", "status", "down", "plan", "render", "pins", "pins verify", "config"})
    void isAsItWasReadLast(String command) throws IOException {
        CommandLine shown = line;
        for (String word : command.isEmpty() ? new String[0] : command.split(" ", -1)) {
            shown = java.util.Objects.requireNonNull(shown.getSubcommands().get(word));
        }
        String help = shown.getUsageMessage(CommandLine.Help.Ansi.OFF);
        Path golden =
                Path.of("src/test/resources/help", (command.isEmpty() ? "kfmr" : command.replace(' ', '-')) + ".txt");
        if (System.getProperty("golden.refresh") != null) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, help);
        }

        assertThat(help).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }

    @Test
    void everyOptionIsExplained() {
        explained(line);
    }

    private static void explained(CommandLine command) {
        command.getCommandSpec().options().forEach(option -> assertThat(option.description())
                .as(command.getCommandSpec().qualifiedName() + " " + option.longestName())
                .isNotEmpty());
        command.getSubcommands().values().forEach(HelpTest::explained);
    }
}
