package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.CheckCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedCommandsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Make the cluster anew: kfmr down, kfmr up. | Make the cluster anew: kfmr down --name team, kfmr up --name team.",
                "kfmr doctor --fix does it. | kfmr doctor --name team --fix does it.",
                "kfmr logs pipelines; then wait | kfmr logs --name team pipelines; then wait",
                "kfmr access password | kfmr access password --name team",
                "Make it: kfmr up --name other | Make it: kfmr up --name other",
                "kfmr pins list | kfmr pins list",
                "a release set of kfmr needs it, and kfmr updates it | a release set of kfmr needs it, and kfmr updates it",
            })
    void namesTheEnvironment(String text, String expected) {
        assertThat(NamedCommands.of("team").in(text)).isEqualTo(expected);
    }

    @Test
    void leavesTheCommandsOfTheDefaultEnvironmentShort() {
        assertThat(NamedCommands.of("kfmr").in("kfmr down, kfmr up")).isEqualTo("kfmr down, kfmr up");
    }

    /** Remedies are typed as they stand. */
    @Test
    void everyRemedyActsOnTheEnvironmentThatItIsAbout() {
        assertThat(CheckCatalogue.shipped().all())
                .filteredOn(check -> check.generalRemedy().contains("kfmr down"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(NamedCommands.of("team").in(check.generalRemedy()))
                        .contains("kfmr down --name team")
                        .doesNotContain("kfmr up:", "kfmr up."));
    }
}
