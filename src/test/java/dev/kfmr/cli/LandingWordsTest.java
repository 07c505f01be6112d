package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.forward.LandingContent.NextCommand;
import org.junit.jupiter.api.Test;

class LandingWordsTest {
    @Test
    void commandsMeanTheEnvironmentThatThePageIsOf() {
        assertThat(LandingWords.nextCommands(NamedCommands.of("team")))
                .extracting(NextCommand::command)
                .containsExactly("kfmr demo --name team", "kfmr status --name team", "kfmr down --name team");
        assertThat(LandingWords.nextCommands(NamedCommands.of("kfmr")))
                .extracting(NextCommand::command)
                .contains("kfmr down");
    }
}
