package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.models.Lineage;
import dev.kfmr.models.ModelReader;
import dev.kfmr.models.ModelReport;
import dev.kfmr.registry.ModelArtifact;
import dev.kfmr.registry.ModelSource;
import dev.kfmr.registry.ModelVersion;
import dev.kfmr.registry.RegisteredModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelPrinterTest {
    private static final RegisteredModel MODEL =
            new RegisteredModel("1", "fraud", "Finds fraud.", "me", "LIVE", Optional.empty());
    private static final ModelSource SOURCE = new ModelSource("kfp", "pipelinerun", "kubeflow", "run-7", "nightly");
    private static final ModelReport REPORT = new ModelReport(
            MODEL,
            List.of(new ModelReport.Version(
                    new ModelVersion("2", "v1", "", "me", "LIVE", Optional.of(Instant.parse("2026-11-24T11:39:57Z"))),
                    List.of(new ModelReport.Artifact(
                            new ModelArtifact("3", "fraud", "model-artifact", "s3://b/k", "onnx", "1", SOURCE),
                            new Lineage(SOURCE, "http://localhost:8080/#/runs/details/run-7", "train", ""))))));

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    private final ModelPrinter printer =
            new ModelPrinter(new Screen(stream, stream, Map.of("NO_COLOR", "1")), NamedCommands.of("kfmr"));

    @Test
    void showsAModelBackToTheRunThatMadeIt() {
        printer.print(REPORT);

        assertThat(output.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        fraud
                          Finds fraud.
                          version v1  2026-11-24T11:39:57Z  by me
                            s3://b/k  (onnx 1)
                              made by run nightly (run-7) in kubeflow, pipeline train
                              http://localhost:8080/#/runs/details/run-7
                        """);
    }

    @Test
    void tellsProgramsTheSame() {
        assertThat(JsonText.of(ModelPrinter.asMap(REPORT)))
                .isEqualTo(
                        "{\"id\":\"1\",\"name\":\"fraud\",\"description\":\"Finds fraud.\",\"state\":\"LIVE\",\"versions\":["
                                + "{\"id\":\"2\",\"name\":\"v1\",\"author\":\"me\",\"created\":\"2026-11-24T11:39:57Z\",\"artifacts\":["
                                + "{\"id\":\"3\",\"name\":\"fraud\",\"type\":\"model-artifact\",\"uri\":\"s3://b/k\","
                                + "\"format\":\"onnx\",\"formatVersion\":\"1\",\"source\":{\"kind\":\"kfp\",\"type\":\"pipelinerun\","
                                + "\"group\":\"kubeflow\",\"id\":\"run-7\",\"name\":\"nightly\"},"
                                + "\"runPage\":\"http://localhost:8080/#/runs/details/run-7\",\"pipeline\":\"train\",\"note\":\"\"}]}]}");
    }

    @Test
    void listsEachModelOnALine() {
        printer.print(List.of(
                new ModelReader.Summary(MODEL, List.of("v2", "v1")), new ModelReader.Summary(MODEL, List.of())));

        assertThat(output.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .containsExactly(
                        "fraud                            2 versions, the newest v2",
                        "fraud                            no version");
    }
}
