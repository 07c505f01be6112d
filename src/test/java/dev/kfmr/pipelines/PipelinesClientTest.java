package dev.kfmr.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.contract.KubeflowContract;
import dev.kfmr.core.KfmrException;
import dev.kfmr.rest.RestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the answers that were recorded from the real API server. */
class PipelinesClientTest {
    static final String COMPILED =
            """
            pipelineInfo: {name: show}
            components: {}
            root:
              dag:
                tasks:
                  show: {taskInfo: {name: show}}
              inputDefinitions:
                parameters:
                  model_name: {parameterType: STRING}
            """;

    private KubeflowContract kubeflow;
    private PipelinesClient client;

    @BeforeEach
    void start() throws IOException {
        kubeflow = new KubeflowContract();
        client = new PipelinesClient(
                RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi()).withPatience(Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        kubeflow.close();
    }

    @Test
    void aPipelineThatIsThereIsTakenWhenItsUploadConflicts() {
        Pipeline first = client.upload("show", COMPILED);

        assertThat(client.upload("show", COMPILED)).isEqualTo(first);
        assertThat(client.versions(first)).extracting(PipelineVersion::name).containsExactly("show");
    }

    @Test
    void aRefusalIsToldWithoutItsStackTrace() {
        assertThatThrownBy(() -> client.upload("none", "no: pipeline"))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.why())
                        .contains("400", "Failed to create a pipeline and a pipeline version")
                        .doesNotContain("github.com"));
    }

    @Test
    void whatIsNotThereIsEmptyAndNoError() {
        assertThat(client.named("nope")).isEmpty();
        assertThat(client.pipeline("00000000")).isEmpty();
        assertThat(client.run("00000000")).isEmpty();
        assertThat(client.pipelines()).isEmpty();
    }

    @Test
    void anExperimentThatIsThereIsTaken() {
        String id = client.experiment("demo");

        assertThat(client.experiment("demo")).isEqualTo(id).isNotEmpty();
    }

    @Test
    void inMultiUserModeAnExperimentBelongsToItsNamespace() {
        RestClient rest = RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi());
        String id = new PipelinesClient(rest, "alice").experiment("demo");

        assertThat(new PipelinesClient(rest, "alice").existingExperiment("demo"))
                .contains(id);
        assertThat(new PipelinesClient(rest, "bob").existingExperiment("demo")).isEmpty();
    }

    @Test
    void inMultiUserModeAPipelineBelongsToItsNamespace() {
        RestClient rest = RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi());
        PipelinesClient alice = new PipelinesClient(rest, "alice");
        PipelinesClient bob = new PipelinesClient(rest, "bob");
        Pipeline hers = alice.upload("show", COMPILED);

        assertThat(alice.upload("show", COMPILED)).isEqualTo(hers);
        assertThat(alice.pipelines()).containsExactly(hers);
        assertThat(bob.pipelines()).isEmpty();
        assertThat(bob.named("show")).isEmpty();
        assertThat(bob.upload("show", COMPILED)).isNotEqualTo(hers);
        assertThat(client.pipelines()).isEmpty();
    }

    @Test
    void aRunIsAskedToEndOnceAndAgain() {
        String id = start("run", Map.of()).id();

        client.terminate(id);
        client.terminate(id);
        client.terminate("00000000");

        assertThat(client.run(id).orElseThrow().state()).isEqualTo(RunState.CANCELING);
    }

    @Test
    void aRunThatCannotBeEndedIsTold() {
        String id = start("run", Map.of()).id();
        kubeflow.refuseToEndRuns();

        assertThatThrownBy(() -> client.terminate(id))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.why()).contains("error terminating its workflow"));
    }

    @Test
    void aParameterThatThePipelineLacksIsNamed() {
        assertThatThrownBy(() -> start("one", Map.of("nope", "1")))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.why()).contains("not required by pipeline: nope"));
    }

    @Test
    void theReasonOfAnInternalErrorIsTakenFromWhereItStands() {
        Pipeline pipeline = client.upload("show", COMPILED);

        assertThatThrownBy(() -> client.start(
                        "run", client.experiment("demo"), new PipelineVersion(pipeline.id(), "nowhere", ""), Map.of()))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.why())
                        .contains("the version is not there")
                        .doesNotContain("Internal Server"));
    }

    @Test
    void aRunWhoseAnswerGotLostIsFoundAndNotStartedTwice() {
        kubeflow.loseAnswerTo("POST runs");

        Run run = start("the only one", Map.of("model_name", "m"));

        assertThat(run.name()).isEqualTo("the only one");
        assertThat(kubeflow.runs()).hasSize(1);
    }

    @Test
    void aServerThatRestartsIsWaitedFor() {
        List<String> waits = new ArrayList<>();
        PipelinesClient patient = new PipelinesClient(RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi())
                .withPatience(Duration.ofSeconds(5))
                .onWaiting(waits::add));
        kubeflow.restartAfter("POST experiments");
        patient.experiment("demo");

        while (waits.isEmpty()) {
            assertThat(patient.existingExperiment("demo")).isPresent();
        }

        assertThat(waits.get(0))
                .startsWith("Kubeflow Pipelines does not answer: ")
                .endsWith("; trying again");
    }

    @Test
    void aServerThatStaysAwayEndsThePatience() {
        PipelinesClient impatient = new PipelinesClient(RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi())
                .withPatience(Duration.ofMillis(10))
                .withReason(() -> "waiting for pod: image being pulled 40 s"));
        kubeflow.close();

        assertThatThrownBy(impatient::pipelines).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("rest.unanswered");
            assertThat(e.why()).contains("image being pulled 40 s");
        });
    }

    @Test
    void aTokenIsSentWithEveryRequest() {
        PipelinesClient behindALogin = new PipelinesClient(RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi())
                .withHeaders(Map.of("Authorization", "Bearer t")));

        behindALogin.pipelines();

        assertThat(kubeflow.authorizations()).containsExactly("Bearer t");
    }

    @Test
    void aPipelineIsDeletedWithItsVersions() {
        client.delete(client.upload("show", COMPILED));

        assertThat(client.pipelines()).isEmpty();
    }

    @Test
    void aRunIsFollowedUnderItsAuthorsNames() {
        CompiledPipeline compiled = CompiledPipeline.read(COMPILED);
        String id = start("run", Map.of()).id();

        List<String> seen = new ArrayList<>();
        Run run = client.run(id).orElseThrow();
        while (!run.state().isFinal()) {
            AuthorTask.of(compiled, run)
                    .forEach(task -> seen.add(task.name() + " " + task.state() + " " + task.isPrepared()));
            run = client.run(id).orElseThrow();
        }

        assertThat(seen)
                .containsExactly(
                        "show PENDING false",
                        "show PENDING false",
                        "show PENDING true",
                        "show RUNNING true",
                        "show RUNNING true");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.workflow()).contains("demo-jqh8s");
    }

    private Run start(String name, Map<String, String> parameters) {
        PipelineVersion version =
                client.versions(client.upload("show", COMPILED)).get(0);
        return client.start(name, client.experiment("demo"), version, parameters);
    }
}
