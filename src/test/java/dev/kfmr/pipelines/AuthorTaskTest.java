package dev.kfmr.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorTaskTest {
    private final AuthorTask show = new AuthorTask("show", RunState.RUNNING, true);
    private final AuthorTask slideshow = new AuthorTask("slideshow", RunState.RUNNING, true);

    /**
     * The second as of Pipelines 2.17: its third-party/argo/base/workflow-controller-configmap-patch.yaml gives every
     * template a retryStrategy, for which Argo puts each node below one of the same name without the number of the try.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo-jqh8s.root.show.executor",
                "demo-jqh8s(0).root(0).show(0).executor(1)",
                "demo-jqh8s.root.show-driver",
            })
    void hasTheNodesBelowItAndItsDrivers(String node) {
        assertThat(show.has(node)).isTrue();
        assertThat(slideshow.has(node)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo-jqh8s.root-driver", "demo-jqh8s(0).root(0)", "show-jqh8s.root-driver", ""})
    void hasNoNodeOfTheRunItself(String node) {
        assertThat(show.has(node)).isFalse();
    }
}
