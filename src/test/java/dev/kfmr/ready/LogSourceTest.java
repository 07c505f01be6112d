package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class LogSourceTest {
    private static Pod pod(String statuses) {
        return new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: store-1, namespace: kubeflow}
                        status: {%s}
                        """
                                .formatted(statuses),
                        Pod.class);
    }

    @Test
    void hasTheRunBeforeOfACrashFirst() {
        Pod pod =
                pod("containerStatuses: [{name: main, state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]");

        assertThat(LogSource.of(pod))
                .extracting(LogSource::id)
                .containsExactly("store-1/main (previous run)", "store-1/main");
    }

    @Test
    void hasOnlyTheRunBeforeWhileItWaitsToStartAgain() {
        Pod pod = pod("containerStatuses: [{name: main, state: {waiting: {reason: CrashLoopBackOff}}, "
                + "lastState: {terminated: {exitCode: 1}}}]");

        assertThat(LogSource.of(pod)).extracting(LogSource::isPrevious).containsExactly(true);
    }

    @Test
    void hasNothingOfAContainerThatNeverStarted() {
        assertThat(LogSource.of(pod("containerStatuses: [{name: main, state: {waiting: {reason: ErrImagePull}}}]")))
                .isEmpty();
    }

    @Test
    void hasInitContainersFirst() {
        Pod pod = pod("containerStatuses: [{name: main, state: {running: {}}}], "
                + "initContainerStatuses: [{name: wait, state: {terminated: {exitCode: 0}}}]");

        assertThat(LogSource.of(pod)).extracting(LogSource::container).containsExactly("wait", "main");
    }
}
