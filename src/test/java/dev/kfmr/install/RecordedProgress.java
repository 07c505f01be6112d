package dev.kfmr.install;

import dev.kfmr.core.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Keeps what it is told. */
final class RecordedProgress implements Progress {
    final List<String> healed = new ArrayList<>();
    final List<List<ComponentState>> components = new ArrayList<>();

    @Override
    public void started(Stage stage) {}

    @Override
    public void finished(Stage stage, Duration took) {}

    @Override
    public void step(Stage stage, String text) {}

    @Override
    public void downloading(String what, long doneBytes, OptionalLong totalBytes) {}

    @Override
    public void components(List<ComponentState> states) {
        components.add(states);
    }

    @Override
    public void warning(String text) {}

    @Override
    public void healed(String text) {
        healed.add(text);
    }
}
