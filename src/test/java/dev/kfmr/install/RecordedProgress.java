package dev.kfmr.install;

import dev.kfmr.core.SilentProgress;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
final class RecordedProgress extends SilentProgress {
    final List<String> healed = new ArrayList<>();
    final List<List<ComponentState>> components = new ArrayList<>();

    @Override
    public void components(List<ComponentState> states) {
        components.add(states);
    }

    @Override
    public void healed(String text) {
        healed.add(text);
    }
}
