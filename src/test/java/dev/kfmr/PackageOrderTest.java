package dev.kfmr;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house: packages in one direction, left to right, and what is known in one room only. */
class PackageOrderTest {
    private static final List<String> ORDER = List.of(
            "core",
            "profile",
            "plan",
            "state",
            "tools",
            "engine",
            "check",
            "cluster",
            "fetch",
            "render",
            "apply",
            "ready",
            "forward",
            "rest",
            "pipelines",
            "registry",
            "access",
            "doctor",
            "install",
            "models",
            "cli");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kfmr");

    @Test
    void everyPackageHasClassesAndItsPlaceInTheOrder() {
        List<String> found = CLASSES.stream()
                .map(c -> c.getPackageName().replaceFirst("dev\\.kfmr\\.?", ""))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(ORDER);
    }

    @Test
    void aPackageUsesOnlyThoseBeforeIt() {
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] behind = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> "dev.kfmr." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.kfmr." + ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(behind)
                    .check(CLASSES);
        }
    }

    @Test
    void theOrderIsHeldByARuleThatCanFail() {
        assertThatThrownBy(() -> noClasses()
                        .that()
                        .resideInAPackage("dev.kfmr.cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.kfmr.core..")
                        .check(CLASSES))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void onlyOneRoomKnowsEachLibrary() {
        only("java.lang.ProcessBuilder", "core");
        onlyPackage("org.yaml.snakeyaml..", "profile");
        onlyPackage("org.eclipse.jgit..", "fetch");
        onlyPackage("picocli..", "cli");
        onlyPackage("org.jline..", "cli");
        onlyPackage("at.favre.lib..", "access");
        onlyPackage("io.fabric8..", "cluster", "apply", "ready", "forward", "pipelines", "doctor", "install");
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.kfmr.cli..", "dev.kfmr")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    private static void only(String type, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms(rooms))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(type)
                .check(CLASSES);
    }

    private static void onlyPackage(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    private static String[] rooms(String... names) {
        return List.of(names).stream().map(name -> "dev.kfmr." + name + "..").toArray(String[]::new);
    }
}
