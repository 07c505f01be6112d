package dev.kfmr.doctor;

import static dev.kfmr.doctor.DoctorObjects.JUST_NOW;
import static dev.kfmr.doctor.DoctorObjects.LONG_AGO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Severity;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionFaultsTest {
    private static List<Fault> runs(String created, String status) {
        return RunFaults.of(
                List.of(DoctorObjects.object(
                        Pod.class,
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: show-driver, namespace: kubeflow, uid: p, creationTimestamp: "%s", labels: {workflows.argoproj.io/workflow: show-x7}}
                        spec: {containers: [{name: main, image: "gone/driver:1"}]}
                        status: {phase: Pending, containerStatuses: [{name: main, image: "gone/driver:1", ready: false, %s}]}
                        """
                                .formatted(created, status))),
                DoctorObjects.LONG_STARTED,
                "podman");
    }

    @Test
    void findsARunWhoseDriverCannotBePulledAndSaysWhatPipelinesMakesOfIt() {
        assertThat(runs(LONG_AGO, DoctorObjects.waiting("ImagePullBackOff", "gone/driver:1: not found")))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().what()).contains("show-x7", "kubeflow/show-driver", "gone/driver:1");
                    assertThat(fault.finding().why()).contains("Cannot find context");
                    assertThat(fault.finding().remedy()).contains("--explain workload.image-not-found");
                });
    }

    @Test
    void namesTheProgramOfTheEngineThatIsInUseForARunAsWell() {
        assertThat(runs(LONG_AGO, DoctorObjects.waiting("ImagePullBackOff", "gone/driver:1: 429 Too Many Requests")))
                .extracting(fault -> fault.finding().remedy())
                .singleElement()
                .asString()
                .contains("podman login, podman pull IMAGE")
                .doesNotContain("docker");
    }

    @Test
    void callsARunThatIsOnItsWayNoFault() {
        assertThat(runs(JUST_NOW, DoctorObjects.waiting("ContainerCreating", "")))
                .isEmpty();
    }

    private static List<Fault> artifacts(String created, int ready, Circumstances circumstances) {
        Namespace namespace = DoctorObjects.object(
                Namespace.class,
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: ada, creationTimestamp: "%s"}
                """
                        .formatted(created));
        Deployment controller = DoctorObjects.object(
                Deployment.class,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: kubeflow-pipelines-profile-controller, namespace: kubeflow, generation: 1}
                spec: {replicas: 1}
                status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: %1$d, availableReplicas: %1$d}
                """
                        .formatted(ready));
        return ArtifactFaults.of(List.of(namespace), List.of(controller), name -> false, circumstances);
    }

    @Test
    void findsAProfileWhoseRunsHaveNoWayIntoTheObjectStore() {
        assertThat(artifacts(LONG_AGO, 1, DoctorObjects.LONG_STARTED))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().severity()).isEqualTo(Severity.FAILURE);
                    assertThat(fault.finding().what()).contains("the namespace ada");
                    assertThat(fault.finding().evidence()).contains("no Secret mlpipeline-minio-artifact");
                    assertThat(fault.finding().remedy())
                            .contains("kubectl -n kubeflow logs deployment/kubeflow-pipelines-profile-controller");
                });
    }

    @Test
    void callsAProfileThatIsBeingFilledNoFault() {
        Circumstances changed = new Circumstances(DoctorObjects.NOW, DoctorObjects.NOW.minusSeconds(600), true);

        assertThat(List.of(
                        artifacts(JUST_NOW, 1, DoctorObjects.LONG_STARTED).get(0),
                        artifacts(LONG_AGO, 1, changed).get(0)))
                .extracting(fault -> fault.finding().severity())
                .containsOnly(Severity.NOTE);
    }

    @Test
    void leavesItToTheControllersPodsWhyItFillsNoProfile() {
        assertThat(artifacts(LONG_AGO, 0, DoctorObjects.LONG_STARTED)).isEmpty();
    }

    private static List<Fault> failedRuns(String ended, String log) {
        Pod pod = DoctorObjects.object(
                Pod.class,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: show-register, namespace: ada, labels: {workflows.argoproj.io/workflow: show-x7}}
                status:
                  phase: Failed
                  containerStatuses:
                    - {name: wait, state: {terminated: {exitCode: 0, finishedAt: "%1$s"}}}
                    - {name: main, state: {terminated: {exitCode: 1, finishedAt: "%1$s"}}}
                """
                        .formatted(ended));
        return VersionFaults.of(
                List.of(pod),
                source -> source.container().equals("main") ? Optional.of(log) : Optional.empty(),
                DoctorObjects.LONG_STARTED);
    }

    private static final String REFUSAL = "model_registry.exceptions.StoreError: Version 1.0.0 already exists";

    @Test
    void findsARunThatRegisteredAVersionWhichIsThere() {
        assertThat(failedRuns(JUST_NOW, "Traceback:\n" + REFUSAL + "\nRuntimeError: choose another"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().what()).contains("show-x7");
                    assertThat(fault.finding().evidence())
                            .isEqualTo("in the log of the pod ada/show-register: " + REFUSAL);
                });
    }

    @Test
    void saysNothingOfRunsThatFailedOtherwiseOrLongAgo() {
        assertThat(failedRuns(JUST_NOW, "ValueError: the file already exists")).isEmpty();
        assertThat(failedRuns(LONG_AGO, REFUSAL)).isEmpty();
    }

    private static Optional<Fault> answer(int code, String message) {
        return AnswerFaults.of(
                DoctorObjects.forward(),
                "/healthz",
                new KubernetesClientException(
                        message, code, new StatusBuilder().withMessage(message).build()));
    }

    @Test
    void findsAServiceThatDoesNotAnswerAndSaysWhatTheBrowserShows() {
        assertThat(answer(503, "no endpoints available for service \"ml-pipeline-ui\""))
                .hasValueSatisfying(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("function.no-answer");
                    assertThat(fault.finding().evidence())
                            .isEqualTo(
                                    "/healthz of the Service kubeflow/ml-pipeline-ui: 503 no endpoints available for service"
                                            + " \"ml-pipeline-ui\"");
                    assertThat(fault.finding().why()).contains("Pipeline version creation failed");
                    // kfmr logs knows components and workloads; a Service may be called otherwise.
                    assertThat(fault.finding().remedy()).contains("kfmr logs pipelines;");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 401, 403, 404})
    void doesNotJudgeAServiceThatAnswersOrMayNotBeAsked(int code) {
        assertThat(answer(code, "forbidden")).isEmpty();
    }

    private static Namespace namespace(String name, String owner) {
        return DoctorObjects.object(
                Namespace.class,
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, ownerReferences: [{kind: %s, name: x}]}
                """
                        .formatted(name, owner));
    }

    private static Service registry(String namespace) {
        return DoctorObjects.object(
                Service.class,
                "apiVersion: v1\nkind: Service\nmetadata: {name: model-registry-service, namespace: %s}"
                        .formatted(namespace));
    }

    @Test
    void findsARegistryThatIsInNoUsersNamespace() {
        List<Namespace> namespaces = List.of(namespace("kubeflow", "Other"), namespace("ada", "Profile"));

        assertThat(RegistryFaults.of(namespaces, List.of(registry("kubeflow"))))
                .extracting(
                        fault -> fault.finding().id() + ": " + fault.finding().evidence())
                .containsExactly("function.registry-unseen: registries in: kubeflow; namespaces of profiles: ada");
        assertThat(RegistryFaults.of(namespaces, List.of(registry("kubeflow"), registry("ada"))))
                .isEmpty();
    }

    @Test
    void saysNothingOfARegistryWhereThereAreNoProfilesOrNoRegistry() {
        assertThat(RegistryFaults.of(List.of(namespace("kubeflow", "Other")), List.of(registry("kubeflow"))))
                .isEmpty();
        assertThat(RegistryFaults.of(List.of(namespace("ada", "Profile")), List.of()))
                .isEmpty();
    }

    private static List<Deployment> server(String tag) {
        return List.of(DoctorObjects.object(
                Deployment.class,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: ml-pipeline, namespace: kubeflow}
                spec: {template: {spec: {containers: [{name: main, image: "some.where/kfp-api-server:%s"}]}}}
                """
                        .formatted(tag)));
    }

    @ParameterizedTest
    @CsvSource({
        "2.17.0, 2.16.1, 1",
        "3.0.0, 2.16.1, 1",
        "2.16.4, 2.16.1, 0",
        "2.9.0, 2.16.1, 0",
        "1.8.22, 2.5.0, 0",
        "nonsense, 2.5.0, 0",
        "2.5.0, latest, 0"
    })
    void onlyAClientOfANewerMinorVersionThanTheServersIsAFault(String client, String server, int faults) {
        assertThat(ClientFaults.of(Optional.of(client), server(server)))
                .hasSize(faults)
                .allSatisfy(fault -> assertThat(fault.finding().id()).isEqualTo("function.client-newer"));
    }

    @Test
    void saysNothingWithoutAClientOrAServer() {
        assertThat(ClientFaults.of(Optional.empty(), server("2.5.0"))).isEmpty();
        assertThat(ClientFaults.of(Optional.of("2.16.1"), List.of())).isEmpty();
    }

    @Test
    void asksThePythonOnPath(@TempDir Path folder) throws Exception {
        Path python = Files.writeString(folder.resolve("python3"), "#!/bin/sh\necho 2.16.1\n");
        Map<String, String> environment = Map.of("PATH", folder.toString());

        assertThat(ClientFaults.installed(environment)).isEmpty();
        assertThat(python.toFile().setExecutable(true)).isTrue();
        assertThat(ClientFaults.installed(environment)).contains("2.16.1");
        Files.writeString(python, "#!/bin/sh\nexit 1\n");
        assertThat(ClientFaults.installed(environment)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.34.1, v1.34.3, 0",
        "1.33.0, v1.34.3, 0",
        "1.35.0, v1.34.3+k3s1, 0",
        "1.32.7-gke.100, v1.34.3, 1",
        "1.36.0, v1.34.3, 1",
        "2.34.0, v1.34.3, 1",
        "unknown, v1.34.3, 0",
        "1.30.0, '', 0"
    })
    void aKubectlMayBeOneMinorVersionAway(String kubectl, String server, int faults) {
        assertThat(ClientFaults.ofKubectl(kubectl, server))
                .hasSize(faults)
                .allSatisfy(fault -> assertThat(fault.finding().severity()).isEqualTo(Severity.NOTE));
    }

    @Test
    void asksTheKubectlOnPath(@TempDir Path folder) throws Exception {
        Map<String, String> environment = Map.of("PATH", folder.toString());
        assertThat(ClientFaults.kubectl(environment)).isEmpty();

        Path kubectl = Files.writeString(
                folder.resolve("kubectl"),
                """
                #!/bin/sh
                test "$*" = 'version --client -o json' || exit 1
                echo '{"clientVersion": {"major": "1", "gitVersion": "v1.34.3"}, "kustomizeVersion": "v5.7.1"}'
                """);
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        assertThat(ClientFaults.kubectl(environment)).contains("1.34.3");

        Files.writeString(kubectl, "#!/bin/sh\nexit 1\n");
        assertThat(ClientFaults.kubectl(environment)).isEmpty();
    }

    @Test
    void aRunThatCannotStartIsOnlyAWarning() {
        assertThat(runs(LONG_AGO, DoctorObjects.waiting("ImagePullBackOff", "gone/driver:1: not found")))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.WARNING);
    }
}
