package dev.kfmr.install;

import dev.kfmr.core.InOrder;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Progress.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Tells progress when stages begin and end, and remembers how long each took. */
public final class StageClock {
    private final Progress progress;
    private final long start = System.nanoTime();
    private final Map<Stage, Duration> took = new EnumMap<>(Stage.class);

    public StageClock(Progress progress) {
        this.progress = progress;
    }

    public <T> T time(Stage stage, Supplier<T> work) {
        long began = System.nanoTime();
        progress.started(stage);
        T result = work.get();
        Duration duration = Duration.ofNanos(System.nanoTime() - began);
        took.merge(stage, duration, Duration::plus);
        progress.finished(stage, duration);
        return result;
    }

    public void run(Stage stage, Runnable work) {
        time(stage, () -> {
            work.run();
            return true;
        });
    }

    /** For a stage that told progress itself. */
    void took(Stage stage, Duration duration) {
        took.merge(stage, duration, Duration::plus);
    }

    /** Since this clock was made, with what belongs to no stage. */
    Duration total() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    Map<Stage, Duration> took() {
        return InOrder.copyOf(took);
    }
}
