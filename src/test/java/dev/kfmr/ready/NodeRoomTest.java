package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRoomTest {
    private static final Node OPEN = node("open", "{}");
    private static final Node CLOSED = node("closed", "{unschedulable: true}");
    private static final Node TAINTED = node("tainted", "{taints: [{key: own, effect: NoSchedule}]}");

    private static Node node(String name, String spec) {
        return node(name, spec, "2", "2Gi");
    }

    private static Node node(String name, String spec, String cpu, String memory) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: %s}
                spec: %s
                status: {allocatable: {cpu: "%s", memory: %s}}
                """
                        .formatted(name, spec, cpu, memory),
                Node.class);
    }

    private static Pod pod(String node, String phase) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: one, namespace: default}
                spec:
                  nodeName: %s
                  containers: [{name: a, resources: {requests: {cpu: 250m, memory: 512Mi}}}, {name: b}]
                status: {phase: %s}
                """
                        .formatted(node, phase),
                Pod.class);
    }

    @Test
    void whatIsFreeIsWhatNodesHaveLessWhatPodsAskFor() {
        NodeRoom room = NodeRoom.forAnyPod(List.of(OPEN), List.of(pod("open", "Running"), pod("open", "Succeeded")));

        assertThat(room.freeCpuMilli()).isEqualTo(1750);
        assertThat(room.freeMemoryMib()).isEqualTo(1536);
    }

    @Test
    void nodesThatDoNotTakeEveryPodDoNotCountNorDoTheirPods() {
        NodeRoom room = NodeRoom.forAnyPod(
                List.of(OPEN, CLOSED, TAINTED), List.of(pod("closed", "Running"), pod("tainted", "Running")));

        assertThat(room.nodes()).containsExactly(OPEN);
        assertThat(room.freeCpuMilli()).isEqualTo(2000);
    }

    @Test
    void whatAPodMissesIsToldOfTheNodeThatLacksLeast() {
        Node small = node("small", "{}", "500m", "1048575Ki");
        NodeRoom room = new NodeRoom(List.of(small, OPEN), List.of(pod("open", "Running"), pod("small", "Running")));

        assertThat(room.missing(asking("2", "1Gi")))
                .isEqualTo("open: 250m of 2000m CPU are reserved, 1750m are left, 250m are missing");
        assertThat(room.missing(asking("400m", "512Mi"))).isEmpty();
        assertThat(new NodeRoom(List.of(small), List.of()).missing(asking("1", "1Gi")))
                .isEqualTo("small: 0m of 500m CPU are reserved, 500m are left, 500m are missing\n"
                        + "small: 0Mi of 1023Mi memory are reserved, 1023Mi are left, 1Mi are missing");
    }

    private static Pod asking(String cpu, String memory) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: pending, namespace: default}
                spec: {containers: [{name: a, resources: {requests: {cpu: "%s", memory: %s}}}]}
                """
                        .formatted(cpu, memory),
                Pod.class);
    }
}
