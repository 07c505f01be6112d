package dev.kfmr.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.plan.RequestSums;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.profile.YamlDocuments;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceRequestsTest {
    private static RequestSums sums(String yaml) {
        Plan plan = Planner.plan(
                new ProfileLibrary().load("standalone"), new PinsLibrary().load("26.03"), PlanOptions.none());
        return ResourceRequests.of(new Rendered(List.of(new Rendered.Component(
                plan.components().get(0),
                YamlDocuments.parse(yaml, "test").stream().map(Manifest::of).toList()))));
    }

    @Test
    void sumsContainersTimesReplicas() {
        assertThat(
                        sums(
                                """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: a}
                        spec:
                          replicas: 2
                          template:
                            spec:
                              containers:
                                - {name: a, resources: {requests: {cpu: 250m, memory: 500Mi}}}
                                - {name: b, resources: {requests: {cpu: "0.5", memory: 1Gi}}}
                                - {name: c}
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata: {name: a}
                        """))
                .isEqualTo(new RequestSums(new MachineNeeds(1500, 3048, 2), new MachineNeeds(150, 1524, 2)));
    }

    @Test
    void countsAnInitContainerThatAsksForMoreThanTheRest() {
        assertThat(
                        sums(
                                """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: a}
                        spec:
                          initContainers: [{name: i, resources: {requests: {cpu: "1"}}}]
                          containers: [{name: a, resources: {requests: {cpu: 100m}}}]
                        """))
                .isEqualTo(new RequestSums(new MachineNeeds(1000, 0, 1), new MachineNeeds(100, 0, 1)));
    }

    @Test
    void countsALimitThatStandsWithoutARequestAndLowersNone() {
        assertThat(
                        sums(
                                """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: a}
                        spec: {containers: [{name: a, resources: {limits: {memory: 1Gi}}}]}
                        """))
                .isEqualTo(new RequestSums(new MachineNeeds(0, 1024, 1), new MachineNeeds(0, 1024, 1)));
    }

    @Test
    void readsQuantitiesAsKubernetesWritesThem() {
        assertThat(Quantities.milli("1")).isEqualTo(1000);
        assertThat(Quantities.milli("32m")).isEqualTo(32);
        assertThat(Quantities.mebi("2Gi")).isEqualTo(2048);
        assertThat(Quantities.mebi("1048576")).isEqualTo(1);
        assertThatThrownBy(() -> Quantities.mebi("lots")).hasMessageContaining("lots");
    }
}
