package dev.kfmr.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckCatalogueTest {
    private static final CheckCatalogue CATALOGUE = CheckCatalogue.shipped();

    @Test
    void everyCheckSaysWhatWhyAndWhatToDo() {
        assertThat(CATALOGUE.all()).hasSizeGreaterThan(70).allSatisfy(check -> {
            assertThat(check.title()).as(check.id()).isNotEmpty();
            assertThat(check.what()).as(check.id()).isNotEmpty();
            assertThat(check.evidence()).as(check.id()).isNotEmpty();
            assertThat(check.why()).as(check.id()).isNotEmpty();
            boolean needsNothing = check.severity() == Severity.NOTE;
            assertThat(needsNothing || !check.remedy().isEmpty()).as(check.id()).isTrue();
        });
    }

    @Test
    void everyThreadIsAUrl() {
        assertThat(CATALOGUE.all()).extracting(Check::thread).allSatisfy(thread -> assertThat(thread)
                .matches("|https://[^ ]+"));
    }

    @Test
    void everyCauseIsAnotherCheck() {
        assertThat(CATALOGUE.all()).allSatisfy(check -> assertThat(check.followsFrom())
                .as(check.id())
                .allSatisfy(cause -> assertThat(CATALOGUE.has(cause)).as(cause).isTrue())
                .doesNotContain(check.id()));
    }

    /** By its id; a finding of the login by its name. Outputs that are kept as golden files are no tests. */
    @Test
    void everyCheckIsNamedByATest() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (String folder : List.of("src/test/java", "src/test/resources/dev")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    tests.append(Files.readString(file)).append('\n');
                }
            }
        }

        assertThat(CATALOGUE.all()).allSatisfy(check -> assertThat(tests).containsPattern(named(check)));
    }

    private static Pattern named(Check check) {
        String name = check.id().substring(check.id().indexOf('.') + 1);
        return check.group() == CheckGroup.LOGIN
                ? Pattern.compile("\\b" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "\\b")
                : Pattern.compile("\\b" + Pattern.quote(check.id()) + "(?![\\w-])");
    }

    @Test
    void keepsTheOrderOfTheGroups() {
        assertThat(CATALOGUE.all()).extracting(Check::group).isSorted();
    }

    @Test
    void namesTheNearestCheckForAnIdThatIsNone() {
        assertThatThrownBy(() -> CATALOGUE.named("host.inotfy"))
                .isInstanceOf(KfmrException.class)
                .hasMessage("There is no check host.inotfy. Did you mean host.inotify?");
    }

    @Test
    void showsARemedyWithoutAFinding() {
        Check check = new Check(
                "node.paused", "t", Severity.FAILURE, "w", "e", "y", "docker unpause {node}", "", "", List.of());

        assertThat(check.generalRemedy()).isEqualTo("docker unpause NODE");
        assertThat(check.group()).isEqualTo(CheckGroup.NODE);
        assertThat(check.isFixable()).isFalse();
    }
}
