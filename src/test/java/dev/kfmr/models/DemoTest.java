package dev.kfmr.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kfmr.contract.KubeflowContract;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.SilentProgress;
import dev.kfmr.pipelines.PipelinesClient;
import dev.kfmr.pipelines.RunPods;
import dev.kfmr.registry.RegistryClient;
import dev.kfmr.rest.RestClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against servers that answer as the real ones did. */
class DemoTest {
    private static final String TASK = "register-model-to-kubeflow-registry";
    private static final Demo.Request REQUEST = new Demo.Request("http://registry.example:8080", false);

    private final List<String> told = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private RunPods pods = workflow -> List.of();
    private KubeflowContract kubeflow;
    private RegistryClient registry;

    @BeforeEach
    void start() throws IOException {
        kubeflow = new KubeflowContract();
        registry = new RegistryClient(RestClient.of("The Model Registry", kubeflow.registryApi()));
    }

    @AfterEach
    void stop() {
        kubeflow.close();
    }

    @Test
    void readsBackWhatTheRunRegisteredWithItsLineage() {
        Demo.Result result = run(REQUEST);

        ModelReport.Artifact artifact =
                result.registered().versions().get(0).artifacts().get(0);
        assertThat(result.registered().model().name()).isEqualTo("kfmr-demo");
        assertThat(artifact.lineage().source().id()).isEqualTo(result.run().id());
        assertThat(artifact.lineage().pipeline()).isEqualTo(result.pipeline().name());
        assertThat(artifact.lineage().runPage())
                .isEqualTo(
                        "http://localhost:8080/#/runs/details/" + result.run().id());
        assertThat(kubeflow.runs()
                        .get(0)
                        .path("runtime_config")
                        .path("parameters")
                        .path("registry_address")
                        .asText())
                .isEqualTo("http://registry.example:8080");
    }

    @Test
    void aSecondTimeMakesASecondVersionOfTheSameModelByTheSamePipeline() {
        Demo.Result first = run(REQUEST);
        Demo.Result second = run(REQUEST);

        assertThat(second.pipeline()).isEqualTo(first.pipeline());
        assertThat(second.registered().model().id())
                .isEqualTo(first.registered().model().id());
        assertThat(second.registered().versions())
                .hasSize(1)
                .doesNotContainAnyElementsOf(first.registered().versions());
        assertThat(registry.versions(second.registered().model())).hasSize(2);
    }

    @Test
    void followsTheTaskUnderItsAuthorsNameAlone() {
        run(REQUEST);

        assertThat(told)
                .containsExactly(
                        TASK + " 0/1 [its turn has not come]",
                        TASK + " 0/1 [pending]",
                        TASK + " 0/1 [running]",
                        TASK + " 1/1 []");
    }

    @Test
    void goesOnWhenTheServerWasAwayInBetween() {
        kubeflow.restartAfter("GET runs/");

        Demo.Result result = demo(Duration.ofMillis(60)).run(REQUEST, Deadline.in(Duration.ofSeconds(30)));

        assertThat(result.registered().versions()).hasSize(1);
        assertThat(waits).isNotEmpty();
    }

    @Test
    void tellsTheExceptionThatStandsInTheLogAlone() {
        kubeflow.failRuns();
        pods = workflow -> List.of(
                new RunPods.Trouble(
                        workflow + "-system-container-impl-1",
                        workflow + ".root." + TASK + ".executor",
                        "container main crashed: exit code 1",
                        """
                Traceback (most recent call last):
                  File "ephemeral_component.py", line 9, in register_model_to_kubeflow_registry
                RuntimeError: The model kfmr-demo has a version v1 already.
                F1124 11:40:31.003000      58 main.go:58] failed to execute component: exit status 1
                """));

        KfmrException failure = failure(REQUEST, Duration.ofSeconds(20));

        assertThat(failure.code()).isEqualTo("run.failed");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(failure.what()).endsWith("has failed: " + TASK + ".");
        assertThat(failure.why())
                .endsWith("RuntimeError: The model kfmr-demo has a version v1 already.")
                .doesNotContain("main.go");
        assertThat(failure.remedy()).contains("demo-jqh8s-system-container-impl-1");
    }

    @Test
    void endsARunThatIsStuckAndSaysWhatItsPodWaitsFor() {
        stick();

        KfmrException failure = failure(REQUEST, Duration.ofMillis(400));

        assertThat(failure.code()).isEqualTo("run.not-ended");
        assertThat(failure.why()).contains(TASK + ": running; image nowhere:1 does not exist");
        assertThat(kubeflow.runs().get(0).path("state").asText()).isEqualTo("CANCELING");
    }

    @Test
    void saysThatARunGoesOnWhichCannotBeEnded() {
        stick();
        kubeflow.refuseToEndRuns();

        failure(REQUEST, Duration.ofMillis(400));

        assertThat(warnings).singleElement(InstanceOfAssertFactories.STRING).contains("goes on");
        assertThat(kubeflow.runs().get(0).path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void keepsARunThatIsStuckWhenAsked() {
        stick();

        failure(new Demo.Request("http://registry.example:8080", true), Duration.ofMillis(400));

        assertThat(kubeflow.runs().get(0).path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void endsTheRunWhenItIsInterrupted() {
        kubeflow.stickRuns();
        pods = workflow -> {
            Thread.currentThread().interrupt();
            return List.of();
        };

        KfmrException failure = failure(REQUEST, Duration.ofSeconds(20));

        assertThat(failure.isInterrupt()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(kubeflow.runs().get(0).path("state").asText()).isEqualTo("CANCELING");
    }

    @Test
    void bringsTheModelBackThatACleaningArchived() {
        run(REQUEST);
        demo(Duration.ofMillis(1)).clean();

        assertThat(run(REQUEST).registered().model().isArchived()).isFalse();
    }

    @Test
    void cleansUpAllThatDemosLeft() {
        run(REQUEST);

        assertThat(demo(Duration.ofMillis(1)).clean()).hasSize(3).anySatisfy(line -> assertThat(line)
                .contains("experiment kfmr-demo and its 1 runs"));

        assertThat(kubeflow.runs()).isEmpty();
        assertThat(kubeflow.pipelines()).isZero();
        assertThat(registry.model("kfmr-demo").orElseThrow().isArchived()).isTrue();
        assertThat(demo(Duration.ofMillis(1)).clean()).isEmpty();
    }

    private void stick() {
        kubeflow.stickRuns();
        pods = workflow -> List.of(new RunPods.Trouble(
                workflow + "-system-container-impl-7",
                workflow + ".root." + TASK + ".executor",
                "image nowhere:1 does not exist",
                ""));
    }

    private Demo.Result run(Demo.Request request) {
        return demo(Duration.ofMillis(5)).run(request, Deadline.in(Duration.ofSeconds(20)));
    }

    private KfmrException failure(Demo.Request request, Duration limit) {
        return catchThrowableOfType(
                KfmrException.class, () -> demo(Duration.ofMillis(20)).run(request, Deadline.in(limit)));
    }

    private Demo demo(Duration pause) {
        PipelinesClient pipelines = new PipelinesClient(
                RestClient.of("Kubeflow Pipelines", kubeflow.pipelinesApi()).onWaiting(waits::add));
        return new Demo(
                pipelines,
                registry,
                new LineageReader(() -> pipelines, Optional.of("http://localhost:8080/#/runs/details/{run}")),
                workflow -> pods.troubles(workflow),
                new Told(),
                pause,
                Clock.systemUTC());
    }

    /** What was told of tasks, each change once. */
    private final class Told extends SilentProgress {
        @Override
        public void warning(String text) {
            warnings.add(text);
        }

        @Override
        public void components(List<ComponentState> components) {
            components.forEach(state -> {
                String line = state.name() + " " + state.ready() + "/" + state.total() + " " + state.waitingFor();
                if (told.isEmpty() || !told.get(told.size() - 1).equals(line)) {
                    told.add(line);
                }
            });
        }
    }
}
