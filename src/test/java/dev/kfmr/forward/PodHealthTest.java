package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-28T05:00:40Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "image being pulled or volume being mounted 40 s |"
                        + " {phase: Pending, conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-28T05:00:00Z'}], containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]}",
                "image cannot be pulled: Back-off pulling image x |"
                        + " {phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff, message: Back-off pulling image x}}}]}",
                "crash loop, last exit code 139 |"
                        + " {phase: Running, containerStatuses: [{state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 139}}}]}",
                "unschedulable: 0/1 nodes are available |"
                        + " {phase: Pending, conditions: [{type: PodScheduled, status: 'False', message: 0/1 nodes are available}]}",
                "running, not ready yet 10 s |"
                        + " {phase: Running, conditions: [{type: Ready, status: 'False', lastTransitionTime: '2026-11-28T05:00:30Z'}], containerStatuses: [{state: {running: {}}}]}",
                "pod is failed | {phase: Failed}",
                "image cannot be pulled: no |"
                        + " {phase: Pending, initContainerStatuses: [{state: {waiting: {reason: ErrImagePull, message: 'no'}}}], containerStatuses: [{state: {waiting: {reason: PodInitializing}}}]}",
            })
    void saysWhyAPodIsNotReady(String expected, String status) {
        assertThat(PodHealth.whyNoneReady(List.of(pod(status)), NOW)).isEqualTo(expected);
    }

    @Test
    void saysThatThereIsNoPod() {
        assertThat(PodHealth.whyNoneReady(List.of(), NOW)).isEqualTo("no pod yet");
    }

    @Test
    void isNotReadyWhileItIsBeingDeleted() {
        Pod pod = pod("{conditions: [{type: Ready, status: 'True'}]}");
        assertThat(PodHealth.isReady(pod)).isTrue();
        pod.getMetadata().setDeletionTimestamp("2026-11-28T05:00:00Z");
        assertThat(PodHealth.isReady(pod)).isFalse();
    }

    private static Pod pod(String status) {
        return Serialization.unmarshal("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nstatus: " + status, Pod.class);
    }
}
