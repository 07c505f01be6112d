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
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: %s}
                spec: %s
                status: {allocatable: {cpu: "2", memory: 2Gi}}
                """
                        .formatted(name, spec),
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
}
