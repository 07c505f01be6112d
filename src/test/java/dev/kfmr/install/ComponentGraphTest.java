package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.render.Rendered;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ComponentGraphTest {
    private final List<String> begun = new ArrayList<>();
    /** Steps wait here until the test lets them run: what may run side by side waits side by side. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private ComponentGraph graph(Consumer<Rendered.Component> step, Rendered.Component... components) {
        return new ComponentGraph(List.of(components), step, waiting::add);
    }

    private void runAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private void begin(Rendered.Component component) {
        begun.add(component.name());
    }

    @Test
    void beginsAComponentOnlyAfterAllThatItComesAfter() {
        ComponentGraph graph = graph(
                this::begin,
                Components.named("crds"),
                Components.named("pipelines", "crds"),
                Components.named("dashboard", "pipelines", "crds"));

        assertThat(waiting).hasSize(1);
        runAll();

        assertThat(begun).containsExactly("crds", "pipelines", "dashboard");
        assertThat(graph.all()).isCompleted();
    }

    @Test
    void letsIndependentComponentsGoSideBySide() {
        graph(this::begin, Components.named("pipelines"), Components.named("registry"), Components.named("catalog"));

        assertThat(waiting).hasSize(3);
    }

    @Test
    void isNotHeldUpByAComponentThatThePlanLeavesOut() {
        graph(this::begin, Components.named("pipelines", "left-out"));
        runAll();

        assertThat(begun).containsExactly("pipelines");
    }

    @Test
    void doesNotBeginWhatComesAfterAFailure() {
        IllegalStateException failure = new IllegalStateException("refused");
        ComponentGraph graph = graph(
                component -> {
                    begin(component);
                    if (component.name().equals("crds")) {
                        throw failure;
                    }
                },
                Components.named("crds"),
                Components.named("pipelines", "crds"),
                Components.named("dashboard", "pipelines"),
                Components.named("registry"));
        runAll();

        assertThat(begun).containsExactlyInAnyOrder("crds", "registry");
        assertThat(graph.failure()).contains(failure);
        assertThat(ComponentGraph.cause(graph.all())).isSameAs(failure);
    }

    @Test
    void tellsOfAFailureWhileOthersGoOn() {
        ComponentGraph graph = graph(
                component -> {
                    throw new IllegalStateException(component.name());
                },
                Components.named("crds"),
                Components.named("registry"));

        waiting.remove().run();

        assertThat(graph.all()).isNotDone();
        assertThat(graph.failure()).get().extracting(Throwable::getMessage).isEqualTo("crds");
    }
}
