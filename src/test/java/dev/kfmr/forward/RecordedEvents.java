package dev.kfmr.forward;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what forwards told. */
final class RecordedEvents implements ForwardEvents {
    final List<ForwardStatus> changes = new CopyOnWriteArrayList<>();
    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void changed(ForwardStatus status) {
        changes.add(status);
    }

    @Override
    public void connectionFailed(String forward, String why) {
        failures.add(forward + ": " + why);
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    List<ForwardState> states() {
        return changes.stream().map(ForwardStatus::state).toList();
    }
}
