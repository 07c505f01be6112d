package dev.kfmr.doctor;

import static dev.kfmr.doctor.DoctorObjects.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemFaultsTest {
    private static Deployment deployment(String namespace, String name, int replicas, int ready) {
        return DoctorObjects.object(
                Deployment.class,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: %s, uid: %1$s, generation: 1, creationTimestamp: "2026-11-28T09:00:00Z"}
                spec: {replicas: %d}
                status: {observedGeneration: 1, replicas: %3$d, updatedReplicas: %3$d, readyReplicas: %4$d, availableReplicas: %4$d}
                """
                        .formatted(name, namespace, replicas, ready));
    }

    private static List<HasMetadata> system(int dns, int readyDns, int provisioners) {
        return new ArrayList<>(
                List.of(
                        deployment("kube-system", "coredns", dns, readyDns),
                        deployment("local-path-storage", "local-path-provisioner", provisioners, provisioners),
                        DoctorObjects.object(
                                DaemonSet.class,
                                """
                        apiVersion: apps/v1
                        kind: DaemonSet
                        metadata: {name: kube-proxy, namespace: kube-system, generation: 1}
                        status: {observedGeneration: 1, desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1}
                        """)));
    }

    private static List<Fault> faults(List<HasMetadata> objects) {
        ClusterView view = new ClusterView(objects, List.of());
        List<WorkloadReport> reports = SystemFaults.workloads().stream()
                .map(ref -> WorkloadReport.of(ref, view, PodLogs.none(), NOW))
                .toList();
        return SystemFaults.of(reports, view, DoctorObjects.LONG_STARTED);
    }

    @Test
    void findsNothingWrongWithAClusterAsKindMakesIt() {
        assertThat(faults(system(2, 2, 1))).isEmpty();
    }

    @Test
    void scalesBackWhatIsScaledToNothing() {
        assertThat(faults(system(0, 0, 0)))
                .extracting(fault ->
                        fault.finding().id() + ": " + fault.fixes().get(0).command())
                .containsExactly(
                        "cluster.coredns: kubectl -n kube-system scale deployment coredns --replicas=2",
                        "cluster.provisioner: kubectl -n local-path-storage scale deployment local-path-provisioner"
                                + " --replicas=1");
    }

    @Test
    void findsOneThatIsNotReadyForLong() {
        assertThat(faults(system(2, 0, 1))).singleElement().satisfies(fault -> {
            assertThat(fault.finding().id()).isEqualTo("cluster.coredns");
            assertThat(fault.fixes()).isEmpty();
        });
    }

    @Test
    void findsThatTheProxyOfServicesWasDeleted() {
        List<HasMetadata> objects = system(2, 2, 1);
        objects.remove(2);

        assertThat(faults(objects)).extracting(fault -> fault.finding().id()).containsExactly("cluster.kube-proxy");
    }

    @Test
    void findsOneThatWasDeleted() {
        List<HasMetadata> objects = system(2, 2, 1);
        objects.remove(0);

        assertThat(faults(objects))
                .singleElement()
                .satisfies(fault -> assertThat(fault.finding().remedy()).contains("only kind brings it"));
    }
}
