package dev.kfmr.install;

import dev.kfmr.render.Rendered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Does a step for each component, each after all that it comes after, and what is independent side by side. A component
 * that the plan leaves out holds up nobody. When a step fails, those behind it are not begun.
 */
final class ComponentGraph {
    private final Map<String, CompletableFuture<Void>> steps = new LinkedHashMap<>();

    /** @param components each after all that it comes after */
    ComponentGraph(List<Rendered.Component> components, Consumer<Rendered.Component> step, Executor executor) {
        for (Rendered.Component component : components) {
            CompletableFuture<?>[] before = component.planned().spec().after().stream()
                    .map(steps::get)
                    .filter(Objects::nonNull)
                    .toArray(CompletableFuture<?>[]::new);
            steps.put(
                    component.name(),
                    CompletableFuture.allOf(before).thenRunAsync(() -> step.accept(component), executor));
        }
    }

    /** Completes when all steps are done, exceptionally when one failed. */
    CompletableFuture<Void> all() {
        return CompletableFuture.allOf(steps.values().toArray(CompletableFuture<?>[]::new));
    }

    /** What the first failed step threw, while others may still go on. */
    Optional<Throwable> failure() {
        return steps.values().stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .map(ComponentGraph::cause)
                .findFirst();
    }

    static Throwable cause(CompletableFuture<?> failed) {
        Throwable thrown = failed.handle((nothing, failure) -> failure).join();
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
