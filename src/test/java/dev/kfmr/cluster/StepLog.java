package dev.kfmr.cluster;

import dev.kfmr.core.SilentProgress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notes steps and warnings, and tells of each step as it comes. */
final class StepLog extends SilentProgress {
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
}
