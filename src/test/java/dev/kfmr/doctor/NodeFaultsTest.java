package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.cluster.NodeContainer;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeFaultsTest {
    private final NodeFaults faults = new NodeFaults("docker");

    @Test
    void tellsAPausedNodeFromAStoppedOne() {
        assertThat(faults.ofContainers(List.of(
                        new NodeContainer("a", "running"),
                        new NodeContainer("b", "paused"),
                        new NodeContainer("c", "exited"))))
                .extracting(fault ->
                        fault.finding().id() + ": " + fault.fixes().get(0).command())
                .containsExactly("node.paused: docker unpause b", "node.stopped: docker start c");
    }

    @Test
    void namesTheServiceThatDoesNotRun() {
        NodeContainer node = new NodeContainer("a", "running");

        assertThat(faults.ofServices(node, NodeFacts.of("service.containerd active\nservice.kubelet active\n")))
                .isEmpty();
        assertThat(faults.ofServices(node, NodeFacts.of("service.containerd active\nservice.kubelet failed\n")))
                .extracting(
                        fault -> fault.finding().id(), fault -> fault.finding().evidence())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("node.kubelet", "systemctl is-active kubelet: failed"));
        assertThat(faults.ofServices(node, NodeFacts.of(""))).isEmpty();
    }
}
