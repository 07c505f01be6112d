package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.install.EarlyLook;
import dev.kfmr.state.UserConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A flag beats a variable, a variable beats the configuration file, that beats what is built in. */
class DefaultsFromSurroundingsTest {
    private static final Map<String, String> VARIABLE = Map.of("KFMR_REGISTRY_MIRROR", "http://variable");
    private static final Map<String, String> CONFIG = Map.of("registry-mirror", "http://config");

    @Test
    void takesTheFlagBeforeVariableAndConfigurationFile() {
        assertThat(mirror(VARIABLE, CONFIG, "up", "--registry-mirror", "http://flag"))
                .isEqualTo(URI.create("http://flag"));
    }

    @Test
    void takesTheVariableBeforeTheConfigurationFile() {
        assertThat(mirror(VARIABLE, CONFIG, "up")).isEqualTo(URI.create("http://variable"));
    }

    @Test
    void takesTheConfigurationFileWhereThereIsNoVariable() {
        assertThat(mirror(Map.of(), CONFIG, "up")).isEqualTo(URI.create("http://config"));
    }

    @Test
    void namesKeysOfTheConfigurationFileThatNoOptionHas() {
        UserConfig config = new UserConfig(Path.of("/c/config.yaml"), Map.of("timeoutt", "3m", "mode", "standalone"));

        assertThat(new DefaultsFromSurroundings(Map.of(), config).unknownKeys(Set.of("mode", "timeout")))
                .containsExactly("/c/config.yaml: there is no option timeoutt. Did you mean timeout?");
    }

    @Test
    void passesOverAnEmptyVariable() {
        assertThat(mirror(Map.of("KFMR_REGISTRY_MIRROR", ""), CONFIG, "up")).isEqualTo(URI.create("http://config"));
    }

    @Test
    void keepsTheBuiltInDefaultWhereNothingElseIsSaid() {
        assertThat(parse(Map.of(), Map.of(), "status").findOption("--name").<String>getValue())
                .isEqualTo("kfmr");
    }

    @Test
    void setsASwitchByAVariable() {
        assertThat(parse(Map.of("KFMR_VERBOSE", "true"), Map.of(), "status")
                        .findOption("--verbose")
                        .<Boolean>getValue())
                .isTrue();
    }

    @Test
    void findsTheModeInAVariable() {
        assertThat(profile(Map.of("KFMR_MODE", "standalone"), Map.of(), "up")).contains("standalone");
    }

    @Test
    void findsTheProfileInTheConfigurationFile() {
        assertThat(profile(Map.of(), Map.of("profile", "mine.yaml"), "up"))
                .contains(Path.of("mine.yaml").toAbsolutePath().toString());
    }

    @Test
    void takesTheModeOfTheCommandLineBeforeAProfileInAVariable() {
        assertThat(profile(Map.of("KFMR_PROFILE", "mine.yaml"), Map.of(), "up", "--mode", "standalone"))
                .contains("standalone");
    }

    @Test
    void takesTheModeOfAVariableBeforeAProfileInTheConfigurationFile() {
        assertThat(profile(Map.of("KFMR_MODE", "standalone"), Map.of("profile", "mine.yaml"), "up"))
                .contains("standalone");
    }

    /** A wrong guess costs only time, but a right one is what it is for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --name a",
                "status --name=a",
                "status -o json --name a --watch",
                "status --verbose --name=a -o json"
            })
    void foreseesTheNameThatIsUnderstoodLater(String line) {
        for (Map<String, String> variables : List.of(Map.<String, String>of(), Map.of("KFMR_NAME", "b"))) {
            for (Map<String, String> config : List.of(Map.<String, String>of(), Map.of("name", "c"))) {
                String[] words = line.split(" ");

                assertThat(CommonOptions.foreseenName(List.of(words), defaults(variables, config)))
                        .isEqualTo(parse(variables, config, words)
                                .findOption("--name")
                                .<String>getValue());
            }
        }
    }

    @Test
    void foreseesSomeNameWhereTheValueIsMissing() {
        assertThat(CommonOptions.foreseenName(List.of("status", "--name"), defaults(Map.of(), Map.of())))
                .isEqualTo("kfmr");
    }

    @Test
    void statusAloneHasWhatTheCommandLineWouldSetAnyway() {
        CommandSpec understood = parse(Map.of(), Map.of(), "status");

        assertThat(((StatusCommand) understood.userObject()).common)
                .usingRecursiveComparison()
                .isEqualTo(new StatusCommand(nowhere(Map.of()), EarlyLook.none()).common);
        assertThat(understood.findOption("--watch").<Boolean>getValue()).isFalse();
    }

    @Test
    void statusLooksForAnotherDefaultOfEachOfItsOptions() {
        assertThat(parse(Map.of(), Map.of(), "status").options())
                .filteredOn(
                        option -> !option.usageHelp() && !option.longestName().equals("--name"))
                .extracting(DefaultsFromSurroundings::name)
                .containsExactlyInAnyOrderElementsOf(StatusCommand.OPTIONS);
    }

    @Test
    void statusAloneIsPlainWhateverItsEnvironmentIsCalled() {
        assertThat(StatusCommand.isPlain(List.of("status"), defaults(Map.of("KFMR_NAME", "a"), CONFIG)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status -v", "status status", "status --name a", "doctor"})
    void whatIsMoreThanStatusIsNotPlain(String line) {
        assertThat(StatusCommand.isPlain(List.of(line.split(" ")), defaults(Map.of(), Map.of())))
                .isFalse();
    }

    @Test
    void statusWithAnotherDefaultOrANameThatNobodyMayHaveIsNotPlain() {
        List<String> words = List.of("status");

        assertThat(StatusCommand.isPlain(words, defaults(Map.of("KFMR_OUTPUT", "json"), Map.of())))
                .isFalse();
        assertThat(StatusCommand.isPlain(words, defaults(Map.of(), Map.of("watch", "true"))))
                .isFalse();
        assertThat(StatusCommand.isPlain(words, defaults(Map.of("KFMR_NAME", "Not Allowed"), Map.of())))
                .isFalse();
    }

    private static Screen nowhere(Map<String, String> environment) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return new Screen(nowhere, nowhere, environment);
    }

    private static DefaultsFromSurroundings defaults(Map<String, String> environment, Map<String, String> config) {
        return new DefaultsFromSurroundings(environment, new UserConfig(Path.of("config.yaml"), config));
    }

    private static URI mirror(Map<String, String> environment, Map<String, String> config, String... arguments) {
        return parse(environment, config, arguments)
                .findOption("--registry-mirror")
                .getValue();
    }

    private static Optional<String> profile(
            Map<String, String> environment, Map<String, String> config, String... arguments) {
        return ((UpCommand) parse(environment, config, arguments).userObject()).wanted.profile();
    }

    /** The command that the arguments name, with its options' values. */
    private static CommandSpec parse(Map<String, String> environment, Map<String, String> config, String... arguments) {
        DefaultsFromSurroundings defaults = defaults(environment, config);
        CommandLine line = new CommandLine(
                new KfmrCommand(), new CommandFactory(nowhere(environment), defaults, EarlyLook.none()));
        KfmrCommand.addCommands(line, List.of(arguments));
        line.setDefaultValueProvider(defaults).setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(java.time.Duration.class, new Durations());
        return line.parseArgs(arguments).subcommand().commandSpec();
    }
}
