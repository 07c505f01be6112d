package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Fault;
import dev.kfmr.doctor.Fix;
import dev.kfmr.doctor.Unread;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person reads is held by golden files; {@code -Dgolden.refresh=1} writes them anew. */
class DiagnosisPrinterTest {
    private static final Path FOLDER = Path.of("src/test/resources/doctor");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private static Finding finding(String id, Severity severity, Map<String, String> values) {
        return CheckCatalogue.shipped().get(id).found(severity, values);
    }

    private static Diagnosis diagnosis() {
        Fault provisioner = new Fault(
                finding(
                        "cluster.provisioner",
                        Severity.FAILURE,
                        Map.of(
                                "workload",
                                "Deployment local-path-storage/local-path-provisioner",
                                "evidence",
                                "it is scaled to 0 replicas")),
                "",
                List.of(new Fix("kubectl scale", reach -> {})));
        Fault pending = new Fault(
                finding(
                        "workload.volume-pending",
                        Severity.NOTE,
                        Map.of(
                                "workload", "Deployment kubeflow/mysql",
                                "text", "waits for its volume",
                                "evidence", "",
                                "namespace", "kubeflow",
                                "name", "mysql")),
                "cluster.provisioner",
                List.of());
        Fault cgroup =
                new Fault(finding("engine.cgroup", Severity.WARNING, Map.of("program", "docker")), "", List.of());
        return new Diagnosis(
                List.of(provisioner, pending, cgroup), List.of(new Unread("the webhooks", "no answer within 5 s")));
    }

    private DiagnosisPrinter printer() {
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new DiagnosisPrinter(new Screen(stream, stream, Map.of("NO_COLOR", "1")), NamedCommands.of("kfmr"));
    }

    private void printsWhatTheGoldenFileSays(Diagnosis diagnosis, boolean all, String file) throws IOException {
        printer().print(diagnosis, all);
        String text = output.toString(StandardCharsets.UTF_8);
        if (System.getProperty("golden.refresh") != null) {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(file), text);
        }
        assertThat(text).isEqualTo(Files.readString(FOLDER.resolve(file)));
    }

    @Test
    void showsWhatMattersFromTheMachineUp() throws IOException {
        printsWhatTheGoldenFileSays(diagnosis(), false, "faults.txt");
    }

    @Test
    void showsAlsoWhatOnlyFollowsWhenAskedForAll() throws IOException {
        printsWhatTheGoldenFileSays(diagnosis(), true, "faults-all.txt");
    }

    @Test
    void saysWhenNothingIsWrong() throws IOException {
        printsWhatTheGoldenFileSays(new Diagnosis(List.of(), List.of()), false, "healthy.txt");
    }

    @Test
    void aLineForEachCauseWhereItIsShownAgainAndAgain() {
        printer().printBriefly(diagnosis());

        assertThat(output.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("  ✗ ").endsWith("[cluster.provisioner]"),
                        line -> assertThat(line).startsWith("  ! ").endsWith("[engine.cgroup]"),
                        line -> assertThat(line).startsWith("? could not look at the webhooks"));
    }

    @Test
    void doesNotCallWellWhatItCouldNotLookAt() {
        printer().printBriefly(new Diagnosis(List.of(), List.of(new Unread("the webhooks", "no answer"))));
        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("Nothing is known to be wrong");

        printer().printBriefly(Diagnosis.NONE);
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("✓ Nothing is known to be wrong.");
    }
}
