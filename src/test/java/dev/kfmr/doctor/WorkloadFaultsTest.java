package dev.kfmr.doctor;

import static dev.kfmr.doctor.DoctorObjects.JUST_NOW;
import static dev.kfmr.doctor.DoctorObjects.LONG_AGO;
import static dev.kfmr.doctor.DoctorObjects.NOW;
import static dev.kfmr.doctor.DoctorObjects.crashing;
import static dev.kfmr.doctor.DoctorObjects.deployment;
import static dev.kfmr.doctor.DoctorObjects.ready;
import static dev.kfmr.doctor.DoctorObjects.unready;
import static dev.kfmr.doctor.DoctorObjects.view;
import static dev.kfmr.doctor.DoctorObjects.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.profile.FallbackImages;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodExplanation.Reason;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadFaultsTest {
    private static final ObjectRef STORE = deployment("store");
    private static final ObjectRef MYSQL = deployment("mysql");

    private static final List<FallbackImages> FALLBACKS = List.of(new FallbackImages(
            "store",
            "it crashes",
            List.of("old/ml_metadata_store_server:2", "old/ml_metadata_store_server:1"),
            139,
            List.of()));

    private static final List<Node> NODES = List.of(
            DoctorObjects.object(
                    Node.class,
                    """
            apiVersion: v1
            kind: Node
            metadata: {name: node}
            status: {allocatable: {cpu: "2", memory: 2000Mi}}
            """));

    private static List<Fault> faults(ClusterView view, PodLogs logs, Map<String, String> dead, ObjectRef... refs) {
        return faults(view, logs, dead, DoctorObjects.LONG_STARTED, refs);
    }

    private static List<Fault> faults(
            ClusterView view, PodLogs logs, Map<String, String> dead, Circumstances circumstances, ObjectRef... refs) {
        List<WorkloadReport> reports = Stream.of(refs)
                .map(ref -> DoctorObjects.report(ref, view, logs))
                .toList();
        return new WorkloadFaults(
                        view, NODES, new WorkloadFinding(dead), Map.of(STORE, List.of(MYSQL)), FALLBACKS, circumstances)
                .of(reports);
    }

    private static Fault only(ClusterView view, PodLogs logs) {
        List<Fault> faults = faults(view, logs, Map.of(), STORE);
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void theCatalogueHasEveryReason(Reason reason) {
        assertThat(CheckCatalogue.shipped().has(reason.id())).isTrue();
    }

    @Test
    void findsNothingWrongWithAReadyWorkload() {
        assertThat(faults(view(List.of(ready("store", 1))), PodLogs.none(), Map.of(), STORE))
                .isEmpty();
    }

    @Test
    void tellsASegmentationFaultFromADatabaseThatIsAway() {
        ClusterView crashing = view(unready("store", LONG_AGO, crashing(139)));

        assertThat(only(crashing, (pod, container) -> Optional.of("")).finding().id())
                .isEqualTo("workload.segfault");
        assertThat(segfault("old/ml_metadata_store_server:2").finding().id()).isEqualTo("workload.mlmd-segfault");
        assertThat(only(crashing, (pod, container) -> Optional.of("mysql_real_connect failed: errno: "))
                        .finding()
                        .id())
                .isEqualTo("workload.database-not-ready");
        assertThat(only(crashing, PodLogs.none()).finding().id()).isEqualTo("workload.crash-loop");
    }

    @Test
    void showsTheLastLinesOfACrash() {
        Fault fault =
                only(view(unready("store", LONG_AGO, crashing(1))), (pod, container) -> Optional.of("no such flag"));

        assertThat(fault.finding().severity()).isEqualTo(Severity.FAILURE);
        assertThat(fault.finding().evidence()).isEqualTo("no such flag");
        assertThat(fault.finding().remedy()).contains("kfmr logs store");
    }

    @Test
    void showsHowMuchIsMissingOnANodeThatAPodDoesNotFitInto() {
        HasMetadata other = DoctorObjects.object(
                Pod.class,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: other, namespace: kubeflow, uid: o}
                spec: {nodeName: node, containers: [{name: main, resources: {requests: {cpu: 1950m, memory: 1900Mi}}}]}
                """);
        List<HasMetadata> oneLacks =
                DoctorObjects.unscheduled("store", "0/1 nodes are available: 1 Insufficient cpu.", "cpu: 100m");
        List<HasMetadata> bothLack = DoctorObjects.unscheduled(
                "store",
                "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.",
                "cpu: 100m, memory: 300Mi");

        assertThat(only(view(oneLacks, List.of(other)), PodLogs.none()).finding())
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("workload.too-little-cpu"))
                .satisfies(finding -> assertThat(finding.what()).contains("has the 100m of CPU that"))
                .satisfies(finding -> assertThat(finding.evidence())
                        .isEqualTo("node: 1950m of 2000m CPU are reserved, 50m are left, 50m are missing"));
        assertThat(only(view(bothLack, List.of(other)), PodLogs.none()).finding())
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("workload.too-little-memory"))
                .satisfies(
                        finding -> assertThat(finding.what()).contains("has the 300Mi of memory and 100m of CPU that"))
                .satisfies(finding -> assertThat(finding.evidence())
                        .isEqualTo("node: 1950m of 2000m CPU are reserved, 50m are left, 50m are missing\n"
                                + "node: 1900Mi of 2000Mi memory are reserved, 100Mi are left, 200Mi are missing"));
    }

    @Test
    void namesTheImageThatStandsInForADeadOne() {
        ClusterView view = view(unready("store", LONG_AGO, waiting("ErrImagePull", "gone/store:1: not found")));

        assertThat(faults(view, PodLogs.none(), Map.of("gone/store:1", "new/store:1"), STORE))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("workload.image-not-found");
                    assertThat(fault.finding().remedy()).contains("new/store:1");
                });
        assertThat(faults(view, PodLogs.none(), Map.of("gone/store:", "x", "one/store:1", "y"), STORE))
                .singleElement()
                .satisfies(fault -> assertThat(fault.finding().remedy()).doesNotContain("stands in"));
    }

    @Test
    void tellsAnImageOfUnreleasedManifestsFromOneThatIsGone() {
        ClusterView view = view(unready("store", LONG_AGO, waiting("ErrImagePull", "not found"), "gone/store:dummy"));
        ClusterView similar =
                view(unready("store", LONG_AGO, waiting("ErrImagePull", "not found"), "gone/store:dummy2"));

        assertThat(only(view, PodLogs.none()).finding().id()).isEqualTo("workload.image-dummy");
        assertThat(only(similar, PodLogs.none()).finding().id()).isEqualTo("workload.image-not-found");
    }

    @Test
    void namesTheProgramOfTheEngineThatIsInUse() {
        ClusterView view = view(unready("store", LONG_AGO, waiting("ErrImagePull", "429 Too Many Requests")));
        WorkloadReport report = DoctorObjects.report(STORE, view, PodLogs.none());

        assertThat(new WorkloadFinding(Map.of()).speakingOf("podman").of(report).remedy())
                .contains("podman login, podman pull IMAGE")
                .doesNotContain("docker");
        assertThat(new WorkloadFinding(Map.of()).of(report).remedy()).contains("docker login");
    }

    @Test
    void tellsManifestsOfTheRegistryThatDoNotFitFromAnyMissingKey() {
        String missing = waiting(
                "CreateContainerConfigError",
                "couldn't find key embedmdDb in ConfigMap kubeflow/pipeline-install-config");
        String image = "some.where/model-registry/server:v0.3.8";
        ObjectRef registry = deployment("model-registry-deployment");
        ClusterView view = view(
                unready("model-registry-deployment", LONG_AGO, missing, image),
                unready("store", LONG_AGO, missing, image));

        assertThat(faults(view, PodLogs.none(), Map.of(), registry))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.finding().id()).isEqualTo("workload.registry-configuration");
                    assertThat(fault.finding().what()).contains("key embedmdDb", "pipeline-install-config");
                    assertThat(fault.finding().evidence()).isEqualTo("main: " + image);
                    assertThat(fault.finding().remedy()).contains("-n kubeflow -k manifests/kustomize/overlays/db");
                });
        assertThat(faults(view, PodLogs.none(), Map.of(), STORE))
                .extracting(fault -> fault.finding().id())
                .containsExactly("workload.missing-configuration");
    }

    @Test
    void findsNothingWrongWithARegistryThatIsReady() {
        ObjectRef registry = deployment("model-registry-deployment");

        assertThat(faults(view(List.of(ready("model-registry-deployment", 1))), PodLogs.none(), Map.of(), registry))
                .isEmpty();
    }

    @Test
    void saysOfARegistryThatCrashesWhatItSaysOfOthers() {
        ClusterView view = view(unready("model-registry-deployment", LONG_AGO, crashing(1)));

        assertThat(faults(view, PodLogs.none(), Map.of(), deployment("model-registry-deployment")))
                .extracting(fault -> fault.finding().id())
                .containsExactly("workload.crash-loop");
    }

    @Test
    void callsWhatIsStillStartingNoFault() {
        assertThat(only(view(unready("store", JUST_NOW, waiting("ContainerCreating", ""))), PodLogs.none())
                        .finding()
                        .severity())
                .isEqualTo(Severity.NOTE);
    }

    @Test
    void callsWhatStartsForTooLongAFault() {
        assertThat(only(view(unready("store", LONG_AGO, waiting("ContainerCreating", ""))), PodLogs.none())
                        .finding()
                        .severity())
                .isEqualTo(Severity.FAILURE);
    }

    @Test
    void callsACrashInAPodsFirstMomentsNoFault() {
        assertThat(only(view(unready("store", JUST_NOW, crashing(1))), PodLogs.none())
                        .finding()
                        .severity())
                .isEqualTo(Severity.NOTE);
    }

    @Test
    void callsACrashJustAfterTheNodesStartNoFault() {
        ClusterView view = view(unready("store", LONG_AGO, crashing(1)));
        Circumstances justStarted = new Circumstances(NOW, NOW.minusSeconds(30), false);

        assertThat(faults(view, PodLogs.none(), Map.of(), justStarted, STORE))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.NOTE);
    }

    @Test
    void callsWhatMayPassNoFaultWhileAnotherKfmrIsAtWork() {
        ClusterView view =
                view(unready("store", JUST_NOW, waiting("CreateContainerConfigError", "secret \\\"db\\\" not found")));
        Circumstances changed = new Circumstances(NOW, NOW.minusSeconds(600), true);

        assertThat(faults(view, PodLogs.none(), Map.of(), changed, STORE))
                .extracting(fault -> fault.finding().severity())
                .containsExactly(Severity.NOTE);
    }

    @Test
    void callsAMissingKeyAFaultAtOnceUnlessSomethingElseIsOnItsWay() {
        List<HasMetadata> missing = unready(
                "store",
                JUST_NOW,
                waiting("CreateContainerConfigError", "couldn't find key password in Secret kubeflow/db"));
        ClusterView alone = view(missing);
        ClusterView beside = view(missing, unready("mysql", JUST_NOW, waiting("ContainerCreating", "")));

        assertThat(only(alone, PodLogs.none()).finding().severity()).isEqualTo(Severity.FAILURE);
        assertThat(only(alone, PodLogs.none()).finding().what()).contains("key password in Secret kubeflow/db");
        assertThat(faults(beside, PodLogs.none(), Map.of(), STORE, MYSQL))
                .extracting(fault -> fault.finding().severity())
                .containsOnly(Severity.NOTE);
    }

    @Test
    void offersAFreshStartOnlyWhenWhatIsNeededIsReady() {
        ClusterView ready = view(unready("store", LONG_AGO, crashing(1)), List.of(ready("mysql", 1)));
        ClusterView away = view(unready("store", LONG_AGO, crashing(1)));

        assertThat(only(ready, PodLogs.none()).fixes())
                .extracting(Fix::command)
                .containsExactly("kubectl -n kubeflow delete pod store-1");
        assertThat(only(away, PodLogs.none()).fixes()).isEmpty();
    }

    @Test
    void offersAFreshStartToALoginProxyOnceItsProviderIsReady() {
        ClusterView ready = view(unready("store", LONG_AGO, crashing(1)), List.of(ready("mysql", 1)));
        ClusterView early = view(unready("store", JUST_NOW, crashing(1)));
        PodLogs logs = (pod, container) -> Optional.of("failed to discover OIDC configuration: connection refused");

        assertThat(only(ready, logs).finding().id()).isEqualTo("workload.login-provider-away");
        assertThat(only(ready, logs).fixes())
                .extracting(Fix::command)
                .containsExactly("kubectl -n kubeflow delete pod store-1");
        assertThat(only(early, logs).finding().severity()).isEqualTo(Severity.NOTE);
        assertThat(only(early, logs).fixes()).isEmpty();
    }

    @Test
    void callsACertificateThatIsSignedLateInAPodsFirstMomentsNoFault() {
        PodLogs logs =
                (pod, container) -> Optional.of("the signed certificate did not appear on the resource. Giving up");

        assertThat(only(view(unready("store", JUST_NOW, crashing(1))), logs)
                        .finding()
                        .severity())
                .isEqualTo(Severity.NOTE);
        assertThat(only(view(unready("store", LONG_AGO, crashing(1))), logs).finding())
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.FAILURE))
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("workload.certificate-not-signed"))
                .satisfies(
                        finding -> assertThat(finding.remedy()).contains("kubectl describe csr cache-server.kubeflow"));
    }

    @Test
    void saysHowADexIsToldItsNamespace() {
        Fault fault = only(
                view(unready("store", LONG_AGO, crashing(2))),
                (pod, container) -> Optional.of(
                        "failed to initialize storage: jwt claim \"kubernetes.io/serviceaccount/namespace\" not found"));

        assertThat(fault.finding().id()).isEqualTo("workload.dex-namespace");
        assertThat(fault.finding().remedy())
                .isEqualTo("kubectl -n kubeflow set env deployment/store KUBERNETES_POD_NAMESPACE=kubeflow");
    }

    @Test
    void takesTheNextImageForASegmentationFaultWhereOneIsLeft() {
        assertThat(segfault("old/ml_metadata_store_server:2").fixes())
                .extracting(Fix::command)
                .containsExactly("kubectl -n kubeflow set image deployment/store main=old/ml_metadata_store_server:1"
                        + "   # and later kfmr up keeps to it");
        assertThat(segfault("old/ml_metadata_store_server:2").finding().evidence())
                .isEqualTo("its image: old/ml_metadata_store_server:2");
        assertThat(segfault("old/ml_metadata_store_server:1").fixes()).isEmpty();
        assertThat(segfault("other/store:2").fixes()).isEmpty();
    }

    private static Fault segfault(String image) {
        return only(view(unready("store", LONG_AGO, crashing(139), image)), (pod, container) -> Optional.of(""));
    }

    @Test
    void takesNoOtherImageWhenTheDatabaseIsAway() {
        ClusterView view = view(unready("store", LONG_AGO, crashing(139), "old/ml_metadata_store_server:2"));

        assertThat(only(view, (pod, container) -> Optional.of("mysql_real_connect failed"))
                        .fixes())
                .isEmpty();
    }

    @Test
    void saysWhatRefusesAPod() {
        HasMetadata store = unready("store", LONG_AGO, "state: {waiting: {}}").get(0);
        Event refused = DoctorObjects.object(
                Event.class,
                """
                apiVersion: v1
                kind: Event
                metadata: {name: e, namespace: kubeflow}
                involvedObject: {uid: d-store}
                reason: FailedCreate
                message: 'pods "store-1" is forbidden: exceeded quota'
                """);

        assertThat(only(new ClusterView(List.of(store), List.of(refused)), PodLogs.none())
                        .finding())
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("workload.refused"))
                .satisfies(finding -> assertThat(finding.what()).contains("exceeded quota"));
    }

    @Test
    void callsADeletedWorkloadMissing() {
        assertThat(only(view(List.of()), PodLogs.none()).finding())
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("workload.not-created"))
                .satisfies(finding -> assertThat(finding.remedy()).contains("kfmr up"));
    }
}
