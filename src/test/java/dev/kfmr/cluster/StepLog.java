package dev.kfmr.cluster;

import dev.kfmr.core.Progress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notes steps and warnings, and tells of each step as it comes. */
final class StepLog implements Progress {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Consumer<String> onStep;

    StepLog() {
        this(step -> {});
    }

    StepLog(Consumer<String> onStep) {
        this.onStep = onStep;
    }

    List<String> steps() {
        return steps;
    }

    List<String> warnings() {
        return warnings;
    }

    @Override
    public void step(Stage stage, String text) {
        steps.add(text);
        onStep.accept(text);
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    @Override
    public void started(Stage stage) {}

    @Override
    public void finished(Stage stage, Duration took) {}

    @Override
    public void downloading(String what, long doneBytes, OptionalLong totalBytes) {}

    @Override
    public void components(List<ComponentState> components) {}

    @Override
    public void healed(String text) {}
}
