package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.forward.LandingContent.NextCommand;
import dev.kfmr.profile.Credential;
import dev.kfmr.profile.Profile;
import dev.kfmr.profile.ProfileLibrary;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LandingWordsTest {
    private final Profile multiUser = new ProfileLibrary().load("multi-user");

    @Test
    void showsNoPasswordThatIsNotTheFirstUsersAnyMore() {
        assertThat(LandingWords.credentials(multiUser, Optional.of("my own words")))
                .containsExactly(new Credential("Kubeflow", "user@example.com", "", "the password that you set"));
        assertThat(LandingWords.credentials(multiUser, Optional.empty())).isEqualTo(multiUser.credentials());
    }

    @Test
    void leavesTheCredentialsOfAProfileWithoutALoginAsTheyAre() {
        Profile standalone = new ProfileLibrary().load("standalone");

        assertThat(LandingWords.credentials(standalone, Optional.of("my own words")))
                .isNotEmpty()
                .isEqualTo(standalone.credentials());
    }

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
