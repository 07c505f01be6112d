package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.access.LoginCases;
import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.MachineCases;
import dev.kfmr.engine.EngineCases;
import dev.kfmr.install.ExistingClusterCases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every check of the catalogue is staged as found, as not found, and where it could not look. The same list is run and
 * counted. Checks that are made by one look share the case in which that look fails.
 */
class EveryCheckTest {
    @TempDir
    private Path folder;

    private List<CheckCase> cases() throws Exception {
        List<CheckCase> all = new ArrayList<>();
        for (CheckCase.Source source : List.of(
                new MachineCases(),
                new EngineCases(folder),
                new NodeFactCases(),
                new LayerCases(folder),
                new LookCases(folder),
                new WorkloadCases(),
                new LoginCases(),
                new ExistingClusterCases())) {
            source.cases().forEach(all::add);
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> seesWhatIsStaged() throws Exception {
        return cases().stream().map(each -> DynamicTest.dynamicTest(each.toString(), each::prove));
    }

    @Test
    void everyCheckHasACaseOfEachKind() throws Exception {
        Set<String> missing = new TreeSet<>();
        List<CheckCase> cases = cases();
        CheckCatalogue.shipped().all().forEach(check -> Stream.of(Kind.values())
                .filter(kind -> cases.stream()
                        .noneMatch(each -> each.kind() == kind && each.ids().contains(check.id())))
                .forEach(kind -> missing.add(check.id() + " " + kind)));

        assertThat(missing).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // The containers are asked only where images of public registries run.
    void speaksOfTheEngineThatTheNodesRunIn() throws Exception {
        assertThat(new LookCases(folder).ofPressure(new NodeLooks("kfmr", null, "podman")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.finding().remedy()).endsWith("podman system df"));
    }

    @Test
    void noCaseIsOfACheckThatThereIsNot() throws Exception {
        assertThat(cases())
                .allSatisfy(each -> assertThat(each.ids()).isNotEmpty().allMatch(CheckCatalogue.shipped()::has));
    }
}
